namespace MnistNet;

/// <summary>What is known of the place where text will be shown, without asking the terminal anything.</summary>
public sealed record TerminalFacts
{
    private static readonly string[] s_trueColorPrograms =
        ["iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "rio", "Tabby", "WarpTerminal"];

    /// <summary>Whether the output's encoding has all of Unicode.</summary>
    public bool IsUnicode { get; init; } = true;

    /// <summary>Whether the output goes to a file or to another program.</summary>
    public bool IsRedirected { get; init; }

    /// <summary>Whether the terminal heeds escape sequences.</summary>
    public bool HasEscapes { get; init; } = true;

    /// <summary>Whether the user wants plain text, whatever the terminal can do.</summary>
    public bool WantsPlainText { get; init; }

    /// <summary>The value of an environment variable; null when it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    /// <summary>The renderer that suits the place. It is never <see cref="Renderer.Auto"/>.</summary>
    /// <exception cref="SettingException">MNISTNET_RENDERER names no renderer.</exception>
    public Renderer Choose()
    {
        if (Variable("MNISTNET_RENDERER") is string wish)
        {
            if (!Enum.TryParse(wish, ignoreCase: true, out Renderer wanted) || !Enum.IsDefined(wanted))
            {
                throw new SettingException(
                    "Renderer",
                    $"The environment variable MNISTNET_RENDERER is '{wish}'; it can be "
                        + $"{string.Join(", ", Enum.GetNames<Renderer>())}.");
            }

            if (wanted != Renderer.Auto)
            {
                return wanted;
            }
        }

        if (!IsUnicode)
        {
            return Renderer.Ascii;
        }

        if (IsRedirected || RefusesEscapes)
        {
            return Renderer.Block;
        }

        return HasTrueColor ? Renderer.TrueColor : Renderer.Color256;
    }

    /// <summary>Whether a picture can be drawn over another: by escape sequences, which were not refused.</summary>
    public bool CanRedraw => !IsRedirected && !RefusesEscapes;

    private bool RefusesEscapes
        => WantsPlainText || !HasEscapes || Variable("NO_COLOR") is not null || Variable("TERM") == "dumb";

    private bool HasTrueColor =>
        Variable("COLORTERM") is string color
            && (color.Equals("truecolor", StringComparison.OrdinalIgnoreCase)
                || color.Equals("24bit", StringComparison.OrdinalIgnoreCase))
        || Variable("WT_SESSION") is not null
        || Variable("TERM_PROGRAM") is string program
            && s_trueColorPrograms.Contains(program, StringComparer.OrdinalIgnoreCase);

    private string? Variable(string name) => Environment(name) is { Length: > 0 } value ? value : null;
}
