using System.Globalization;
using System.Text.RegularExpressions;

namespace MnistNet.Tests;

/// <summary>Reads coloured lines as a terminal does.</summary>
internal static partial class Ansi
{
    /// <summary>
    /// A character on the screen with the red of its colours, which is all that grey needs; null is the terminal's own.
    /// </summary>
    internal readonly record struct Cell(char Character, byte? Foreground, byte? Background);

    /// <summary>What is left of a line without its colours.</summary>
    public static string Strip(string line) => Sequence().Replace(line, "");

    /// <summary>The characters of a line of true colour.</summary>
    public static List<Cell> Read(string line)
    {
        var cells = new List<Cell>();
        byte? foreground = null, background = null;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\e')
            {
                cells.Add(new Cell(line[i], foreground, background));
                continue;
            }

            Match match = Sequence().Match(line, i);
            Assert.Equal(i, match.Index);
            i += match.Length - 1;
            int[] codes = [.. match.Groups[1].Value.Split(';')
                .Select(code => int.Parse(code, CultureInfo.InvariantCulture))];
            switch (codes)
            {
                case [0]:
                    (foreground, background) = (null, null);
                    break;
                case [38, 2, int red, _, _]:
                    foreground = (byte)red;
                    break;
                case [48, 2, int red, _, _]:
                    background = (byte)red;
                    break;
                default:
                    Assert.Fail($"An unexpected sequence: {match.Value[1..]}");
                    break;
            }
        }

        return cells;
    }

    [GeneratedRegex("\e\\[([0-9;]*)m")]
    private static partial Regex Sequence();
}
