namespace MnistNet;

/// <summary>Where text is shown: what it may be made of, and how many characters a line has.</summary>
/// <param name="Renderer">What pictures are made of; not <see cref="Renderer.Auto"/>.</param>
/// <param name="Width">The most characters of a line.</param>
public readonly record struct Screen(Renderer Renderer, int Width)
{
    /// <summary>The narrowest screen that anything is drawn on.</summary>
    public const int LeastWidth = 16;

    /// <summary>Whether there are characters beyond ASCII.</summary>
    internal bool IsUnicode => Renderer != Renderer.Ascii;

    /// <summary>Whether there are colours.</summary>
    internal bool HasColor => Renderer is Renderer.TrueColor or Renderer.Color256;

    /// <summary>The text as this screen can show it, cut off where it would be too wide.</summary>
    internal string Fit(string text, int width)
    {
        text = Plain(text);
        return text.Length <= width ? text : IsUnicode && width > 1 ? text[..(width - 1)] + "…"
            : text[..Math.Max(width, 0)];
    }

    /// <summary>The text as this screen can show it, on as many lines as its words need.</summary>
    internal IEnumerable<string> Wrap(string text)
    {
        string line = "";
        foreach (string word in Plain(text).Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? Fit(word, Width) : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>The text as this screen can show it: on an ASCII screen, symbols become words or letters.</summary>
    internal string Plain(string text)
    {
        if (IsUnicode || System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new System.Text.StringBuilder(text.Length);
        foreach (char character in text)
        {
            plain.Append(character switch
            {
                '→' => "->",
                '×' => "x",
                '·' => "*",
                '…' => "..",
                '−' or '–' => "-",
                'α' => "alpha",
                '≥' => ">=",
                '≤' => "<=",
                < (char)128 => character.ToString(),
                _ => "?",
            });
        }

        return plain.ToString();
    }
}
