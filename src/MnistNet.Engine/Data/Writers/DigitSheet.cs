using System.Globalization;

namespace MnistNet;

/// <summary>How digits are laid out in a picture.</summary>
/// <param name="Columns">How many stand side by side.</param>
/// <param name="Scale">The side of the square that each pixel becomes.</param>
public sealed record DigitSheetOptions(int Columns = 10, int Scale = 1);

/// <summary>
/// Lays digits out in one picture, row after row, without gaps and without words, so that every grey level is a digit's
/// own.
/// </summary>
internal static class DigitSheet
{
    /// <summary>Draws digits of one size.</summary>
    /// <exception cref="ShapeException">They differ in size.</exception>
    /// <exception cref="SettingException">The picture would be larger than this module reads.</exception>
    public static GreyImage Draw(IReadOnlyList<Digit> digits, DigitSheetOptions options)
    {
        int rows = digits[0].Rows, columns = digits[0].Columns;
        if (digits.FirstOrDefault(digit => digit.Rows != rows || digit.Columns != columns) is Digit other)
        {
            throw new ShapeException(string.Create(
                CultureInfo.InvariantCulture,
                $"Digit {other.Index} is {other.Rows}×{other.Columns}, the first is {rows}×{columns}: a sheet needs "
                    + $"digits of one size."));
        }

        int across = Math.Min(options.Columns, digits.Count), down = (digits.Count + across - 1) / across;
        long width = (long)across * columns * options.Scale, height = (long)down * rows * options.Scale;
        if (width > ImageLimits.MaximumSide
            || height > ImageLimits.MaximumSide
            || width * height > ImageLimits.MaximumPixels)
        {
            throw new SettingException(
                "Scale",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The picture would be {width:N0} × {height:N0} pixels; at most {ImageLimits.MaximumPixels:N0} in "
                    + $"all and {ImageLimits.MaximumSide:N0} on a side are written. Take fewer digits, other columns, "
                    + $"or a smaller scale."),
                "ImageTooLarge");
        }

        GreyImage[] images = [.. digits.Select(digit => new GreyImage(columns, rows, digit.Pixels))];
        return GreyImage.Sheet(images, across).Enlarge(options.Scale);
    }
}
