using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace MnistNet;

/// <summary>Draws pictures as vector images: a path for each colour, so that a digit takes a few kilobytes.</summary>
public static class PictureSvg
{
    /// <summary>
    /// Colours are rounded to this many steps from nothing to the strongest: finer ones are not told apart, and cost a
    /// path each.
    /// </summary>
    private const int Steps = 32;

    /// <summary>A whole SVG element of a picture, without its caption.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="cell">The side of a cell in pixels of the screen.</param>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    public static string Draw(Picture picture, int cell, string title)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(title);
        int width = picture.Columns * cell, height = picture.Rows * cell;
        return Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" ")
            + Invariant($"viewBox=\"0 0 {picture.Columns} {picture.Rows}\" role=\"img\">")
            + $"<title>{Escape(title)}</title>{Cells(picture)}</svg>";
    }

    /// <summary>The cells alone, a unit wide and high, for an image that holds more than one picture.</summary>
    /// <param name="picture">The picture.</param>
    public static string Cells(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Rgb ground = Round(picture, 0, 0);
        var paths = new Dictionary<Rgb, StringBuilder>();
        for (int row = 0; row < picture.Rows; row++)
        {
            for (int column = 0; column < picture.Columns;)
            {
                Rgb color = Round(picture, row, column);
                int end = column + 1;
                while (end < picture.Columns && Round(picture, row, end) == color)
                {
                    end++;
                }

                if (color != ground)
                {
                    if (!paths.TryGetValue(color, out StringBuilder? path))
                    {
                        paths[color] = path = new StringBuilder();
                    }

                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h{end - column}v1h-{end - column}z");
                }

                column = end;
            }
        }

        var cells = new StringBuilder("<g shape-rendering=\"crispEdges\">");
        cells.Append(CultureInfo.InvariantCulture,
            $"<path fill=\"{ground.Hex}\" d=\"M0 0h{picture.Columns}v{picture.Rows}H0z\"/>");
        foreach ((Rgb color, StringBuilder path) in paths)
        {
            cells.Append(CultureInfo.InvariantCulture, $"<path fill=\"{color.Hex}\" d=\"{path}\"/>");
        }

        return cells.Append("</g>").ToString();
    }

    /// <summary>Text as it may stand in XML.</summary>
    internal static string Escape(string text)
        => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    private static Rgb Round(Picture picture, int row, int column)
        => picture.Kind == PictureKind.Ink ? picture.ColorAt(row, column) : picture.ColorAt(row, column, Steps);
}
