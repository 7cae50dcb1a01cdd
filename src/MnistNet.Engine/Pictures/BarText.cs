using System.Globalization;

namespace MnistNet;

/// <summary>Draws shares of a whole as horizontal bars.</summary>
internal static class BarText
{
    /// <summary>The length of a bar of 100 % where there is room for it.</summary>
    private const int UsualLength = 20;

    private const int NumberWidth = 8;

    private static readonly Rgb s_bar = new(110, 150, 190), s_strongest = new(255, 160, 40);

    /// <summary>A line for each class: its name, a bar, its probability.</summary>
    /// <param name="names">What the classes are called.</param>
    /// <param name="probabilities">The probability of each, 0 to 1.</param>
    /// <param name="strongest">The class to make stand out.</param>
    /// <param name="screen">Where it is shown.</param>
    public static TextBlock Draw(IReadOnlyList<string> names, IReadOnlyList<double> probabilities, int strongest,
        Screen screen)
    {
        int nameWidth = names.Max(name => name.Length);
        int length = Math.Clamp(screen.Width - nameWidth - 1 - NumberWidth, 1, UsualLength);
        return new TextBlock([.. names.Select((name, i) => Line(name, probabilities[i], i == strongest))]);

        StyledLine Line(string name, double probability, bool isStrongest)
        {
            var line = new StyledLine(screen.Renderer);
            line.Add(screen.Plain(name).PadLeft(nameWidth) + " ");
            line.Add(Bar(probability, length, screen).PadRight(length), isStrongest ? s_strongest : s_bar);
            line.Add(string.Create(CultureInfo.InvariantCulture, $" {100 * probability,5:F1} %"));
            return line;
        }
    }

    private static string Bar(double share, int length, Screen screen)
    {
        if (!screen.IsUnicode)
        {
            return new string('#', (int)Math.Round(share * length));
        }

        // ▏ to ▉ are one to seven eighths of a block.
        int eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * length * 8);
        string rest = eighths % 8 == 0 ? "" : ((char)('█' + 8 - (eighths % 8))).ToString();
        return new string('█', eighths / 8) + rest;
    }
}
