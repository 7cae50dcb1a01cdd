using System.Globalization;
using System.Text;

namespace MnistNet;

/// <summary>
/// A line of text that is being put together, with its colours, and the width that it will have on a screen.
/// </summary>
internal sealed class StyledLine(Renderer renderer)
{
    private const string Reset = "\e[0m";

    private readonly StringBuilder _text = new();
    private Rgb? _foreground, _background;

    /// <summary>The number of characters that will be seen.</summary>
    public int Width { get; private set; }

    /// <summary>Adds a character in colours; null leaves a colour to the terminal.</summary>
    public void Add(char character, Rgb? foreground, Rgb? background)
    {
        Color(foreground, background);
        _text.Append(character);
        Width++;
    }

    /// <summary>Adds text without colours, or in one.</summary>
    public void Add(string text, Rgb? foreground = null)
    {
        Color(foreground, null);
        _text.Append(text);
        Width += text.Length;
    }

    /// <summary>Adds another line as it is.</summary>
    public void Add(StyledLine line)
    {
        Color(null, null);
        _text.Append(line);
        Width += line.Width;
    }

    /// <summary>Adds spaces until the line is as wide as asked.</summary>
    public void PadTo(int width)
    {
        if (width > Width)
        {
            Add(new string(' ', width - Width));
        }
    }

    private void Color(Rgb? foreground, Rgb? background)
    {
        if (renderer is not (Renderer.TrueColor or Renderer.Color256))
        {
            return;
        }

        if ((foreground is null && _foreground is not null) || (background is null && _background is not null))
        {
            _text.Append(Reset);
            (_foreground, _background) = (null, null);
        }

        if (foreground is Rgb front && front != _foreground)
        {
            Escape(38, front);
        }

        if (background is Rgb back && back != _background)
        {
            Escape(48, back);
        }

        (_foreground, _background) = (foreground, background);
    }

    private void Escape(int layer, Rgb color) => _ = renderer == Renderer.TrueColor
        ? _text.Append(CultureInfo.InvariantCulture, $"\e[{layer};2;{color.Red};{color.Green};{color.Blue}m")
        : _text.Append(CultureInfo.InvariantCulture, $"\e[{layer};5;{color.Nearest256}m");

    /// <summary>The line, its colours closed.</summary>
    public override string ToString() => _foreground is null && _background is null ? _text.ToString() : _text + Reset;
}
