using StbImageSharp;

namespace MnistNet;

/// <summary>
/// JPEG and BMP by StbImageSharp, which is quick and trusts its files: it takes the memory that a header claims,
/// follows lengths to behind the end, and says "bad" of anything. So the headers are read and judged before it is
/// called, it reads from a stream that ends well, and what it says is put into words.
/// </summary>
internal static class GuardedDecoder
{
    /// <summary>Reads a JPEG, baseline or progressive, as it is to be seen.</summary>
    /// <exception cref="DataFormatException">It is damaged, cut off, too large, or of a kind that is not
    /// read.</exception>
    public static GreyImage ReadJpeg(Stream stream, string path)
    {
        JpegHeader header = JpegHeader.Read(stream, path);
        GreyImage image = Decode(
            stream, cause => JpegHeader.Damaged(path, Words(cause), cause), () => JpegHeader.Truncated(path));
        if ((image.Width, image.Height) != (header.Width, header.Height))
        {
            throw JpegHeader.Damaged(path, "its header tells two sizes");
        }

        return ExifOrientation.Apply(image, header.Orientation);
    }

    /// <summary>Reads a BMP.</summary>
    /// <exception cref="DataFormatException">It is damaged, cut off, too large, or of a kind that is not
    /// read.</exception>
    public static GreyImage ReadBmp(Stream stream, string path)
    {
        BmpHeader.Require(stream, path);
        return Decode(stream, cause => BmpHeader.Damaged(path, Words(cause), cause), () => BmpHeader.Truncated(path));
    }

    private static GreyImage Decode(Stream stream, Func<Exception, Exception> damaged, Func<Exception> truncated)
    {
        var guarded = new GuardedStream(stream);
        try
        {
            ImageResult result = ImageResult.FromStream(guarded, ColorComponents.Grey);
            return guarded.RanPastTheEnd ? throw truncated() : new GreyImage(result.Width, result.Height, result.Data);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException
            or IndexOutOfRangeException or NullReferenceException or OverflowException)
        {
            throw guarded.RanPastTheEnd ? truncated() : damaged(exception);
        }
    }

    /// <summary>The decoder's own word for what is wrong, where it has one.</summary>
    private static string Words(Exception cause)
        => cause is InvalidOperationException && !string.IsNullOrEmpty(cause.Message)
            ? $"the decoder says \"{cause.Message}\""
            : "its content contradicts itself";
}
