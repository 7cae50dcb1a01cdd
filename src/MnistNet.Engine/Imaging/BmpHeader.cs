using System.Buffers.Binary;
using static System.FormattableString;

namespace MnistNet;

/// <summary>What a BMP file tells of itself before its pixels; read first, as <see cref="JpegHeader"/> is.</summary>
internal static class BmpHeader
{
    private const int FileHeaderLength = 14;

    /// <summary>The decoder takes these files a byte at a time, and more of them would take seconds.</summary>
    private const int MaximumPixels = 30_000_000;

    /// <summary>Throws unless the file is of a kind that is read, and is long enough for its pixels.</summary>
    /// <exception cref="DataFormatException">It is not.</exception>
    public static void Require(Stream stream, string path)
    {
        Span<byte> header = stackalloc byte[FileHeaderLength + 40];
        int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read < FileHeaderLength + 12)
        {
            throw Truncated(path);
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header[FileHeaderLength..]);
        bool old = length == 12;
        if (!old && length is not (40 or 56 or 108 or 124))
        {
            throw Damaged(path, Invariant($"a header of {length:N0} bytes is not one that BMP has"));
        }

        if (!old && read < header.Length)
        {
            throw Truncated(path);
        }

        ReadOnlySpan<byte> about = header[(FileHeaderLength + 4)..];
        long width =
            old ? BinaryPrimitives.ReadUInt16LittleEndian(about) : BinaryPrimitives.ReadInt32LittleEndian(about);
        long height =
            old ? BinaryPrimitives.ReadUInt16LittleEndian(about[2..])
                : BinaryPrimitives.ReadInt32LittleEndian(about[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(about[(old ? 6 : 10)..]);
        uint compression = old ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(about[12..]);

        // A negative height means that the first row is the upper one.
        ImageLimits.RequireSize(path, width, Math.Abs(height), MaximumPixels);
        if (compression is not (0 or 3) || bits is not (1 or 4 or 8 or 16 or 24 or 32))
        {
            throw new DataFormatException("BmpKindUnknown", path, Invariant(
                $"this BMP has {bits} bits a pixel and compression {compression}, which is not read; save it as PNG."));
        }

        long rowLength = ((width * bits) + 31) / 32 * 4;
        if (rowLength * Math.Abs(height) > stream.Length)
        {
            throw Truncated(path);
        }
    }

    /// <summary>A file that ends too early.</summary>
    public static DataFormatException Truncated(string path)
        => new("ImageTruncated", path, "the BMP is cut off: it ends in the middle. Get or save the picture anew.");

    /// <summary>A file that is wrong in itself.</summary>
    public static DataFormatException Damaged(string path, string what, Exception? cause = null)
        => new("BmpDamaged", path, $"this BMP cannot be read: {what}. Get or save the picture anew.", cause);
}
