using System.Globalization;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// How large a picture may be. It is checked on the picture's own header, before any memory is taken for it.
/// </summary>
internal static class ImageLimits
{
    /// <summary>The most pixels on a side.</summary>
    public const int MaximumSide = 32_767;

    /// <summary>The most pixels: what a camera of 50 megapixels takes.</summary>
    public const int MaximumPixels = 51_000_000;

    /// <summary>Throws unless the size is allowed.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="width">The width that the file's header tells.</param>
    /// <param name="height">The height that it tells.</param>
    /// <param name="maximumPixels">The most pixels that the format's reader takes.</param>
    public static void RequireSize(string path, long width, long height, int maximumPixels = MaximumPixels)
    {
        if (width < 1 || height < 1)
        {
            throw new DataFormatException("ImageEmpty", path, Invariant(
                $"the picture is {width:N0} × {height:N0} pixels; it needs at least one on each side."));
        }

        if (width > MaximumSide || height > MaximumSide || width * height > maximumPixels)
        {
            throw new DataFormatException("ImageTooLarge", path, string.Create(
                CultureInfo.InvariantCulture,
                $"the picture is {width:N0} × {height:N0} pixels; at most {maximumPixels:N0} pixels are read, "
                    + $"{MaximumSide:N0} on a side. ")
                + "Scale it down, or cut the digits out of it.");
        }
    }
}
