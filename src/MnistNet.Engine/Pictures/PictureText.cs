namespace MnistNet;

/// <summary>
/// Draws pictures as lines of text. A character is two cells, one above the other. In colour, half-blocks carry both
/// exactly;
/// without colour, blocks and shades, or ASCII characters, tell how strong they are.
/// </summary>
internal static class PictureText
{
    private const char Upper = '▀', Lower = '▄', Full = '█';
    private const string AsciiInk = " .:-=+*#%@", Shades = " ·░▒▓";

    // Without colour: crosses speak for, strokes against, each in three strengths; the dot is ink that says next to
    // nothing.
    private const string For = "+*#", Against = "-=%";
    private const char Silent = '.';

    /// <summary>Weaker than this share of the strongest, a number gets no sign.</summary>
    private const double Faint = 0.08;

    /// <summary>From this share of full ink on, a cell is drawn as a solid block.</summary>
    private const double Solid = 0.5;

    /// <summary>The picture with its caption below.</summary>
    public static TextBlock Draw(Picture picture, Screen screen)
    {
        int indent = picture.RowNames.Count == 0 ? 0 : picture.RowNames.Max(name => screen.Plain(name).Length) + 1;
        var lines = new List<StyledLine>((picture.Rows / 2) + 1 + picture.Caption.Count);
        for (int top = 0; top < picture.Rows; top += 2)
        {
            var line = new StyledLine(screen.Renderer);
            if (indent > 0)
            {
                line.Add(screen.Plain(picture.RowNames[top]).PadLeft(indent - 1) + " ");
            }

            for (int column = 0; column < picture.Columns; column++)
            {
                AddCell(line, picture, top, column, screen);
            }

            lines.Add(line);
        }

        foreach (string text in picture.Caption)
        {
            var line = new StyledLine(screen.Renderer);
            line.Add(screen.Fit(text, screen.Width));
            lines.Add(line);
        }

        return new TextBlock(lines);
    }

    private static void AddCell(StyledLine line, Picture picture, int top, int column, Screen screen)
    {
        int bottom = top + 1;
        bool hasBottom = bottom < picture.Rows;
        double upper = Strength(picture, top, column), lower = hasBottom ? Strength(picture, bottom, column) : 0;
        if (!screen.HasColor)
        {
            line.Add(
                picture.Kind == PictureKind.Ink
                    ? screen.IsUnicode ? Block(upper, lower) : Shade(AsciiInk, (upper + lower) / 2)
                    : Sign(picture, top, hasBottom ? bottom : top, column),
                null,
                null);
            return;
        }

        Rgb above = picture.ColorAt(top, column);
        Rgb? below = hasBottom ? picture.ColorAt(bottom, column) : null;
        if (!picture.IsInked(top, column) && (!hasBottom || !picture.IsInked(bottom, column)))
        {
            // The odd last row has no lower half to colour, and a space would be coloured whole.
            line.Add(' ', null, hasBottom ? above : null);
        }
        else if (upper >= lower)
        {
            line.Add(Upper, above, below);
        }
        else
        {
            line.Add(Lower, below, above);
        }
    }

    private static double Strength(Picture picture, int row, int column)
        => Math.Max(Math.Abs(picture[row, column]), picture.InkAt(row, column));

    private static char Block(double upper, double lower) => (upper >= Solid, lower >= Solid) switch
    {
        (true, true) => Full,
        (true, false) => Upper,
        (false, true) => Lower,
        _ => Shade(Shades, Math.Max(upper, lower)),
    };

    /// <summary>A character for a strength; never the space where there is any.</summary>
    private static char Shade(string shades, double strength) => strength <= 0
        ? shades[0]
        : shades[Math.Clamp((int)Math.Ceiling(strength * (shades.Length - 1)), 1, shades.Length - 1)];

    private static char Sign(Picture picture, int top, int bottom, int column)
    {
        double level = (picture[top, column] + picture[bottom, column]) / 2;
        if (Math.Abs(level) < Faint)
        {
            return picture.InkAt(top, column) + picture.InkAt(bottom, column) > 0 ? Silent : ' ';
        }

        string signs = level > 0 ? For : Against;
        return signs[Math.Min((int)(Math.Abs(level) * signs.Length), signs.Length - 1)];
    }
}
