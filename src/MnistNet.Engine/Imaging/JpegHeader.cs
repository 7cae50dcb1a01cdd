using System.Buffers.Binary;
using System.Globalization;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// What a JPEG file tells of itself before its pixels (ITU-T T.81, annex B): read first and by ourselves, so that the
/// decoder is given only what it can decode, in a time and a memory that are known.
/// </summary>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Orientation">How the camera was held.</param>
internal readonly record struct JpegHeader(int Width, int Height, int Orientation)
{
    /// <summary>Progressive files keep all coefficients until the end, which takes three times the memory.</summary>
    private const int MaximumProgressivePixels = 30_000_000;

    /// <summary>
    /// Common files have ten scans. A file of thousands, each over the whole picture, would take minutes.
    /// </summary>
    private const int MaximumScans = 100;

    // A block of 64 pixels takes one bit at least.
    private const long MaximumPixelsPerByte = 512;

    /// <summary>Reads the header, and counts the scans.</summary>
    /// <exception cref="DataFormatException">It is damaged, too large, or of a kind that is not read.</exception>
    public static JpegHeader Read(Stream stream, string path)
    {
        var reader = new GuardedStream(stream);
        reader.Position = 2;
        int orientation = ExifOrientation.Upright;
        while (true)
        {
            int marker = NextMarker(reader, path);
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
            {
                continue;
            }

            int length = (ReadByte(reader, path) << 8) + ReadByte(reader, path) - 2;
            if (length < 0 || reader.Position + length > reader.Length)
            {
                throw length < 0 ? Damaged(path, "a part of its header has no length") : Truncated(path);
            }

            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    (int width, int height) = ReadFrame(reader, length, progressive: marker == 0xC2, path);
                    RequireScans(reader, path);
                    return new JpegHeader(width, height, orientation);
                case >= 0xC3 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    throw new DataFormatException("JpegKindUnknown", path, string.Create(
                        CultureInfo.InvariantCulture,
                        $"this JPEG is lossless, hierarchical or arithmetically coded (marker {marker:X2}), which is "
                            + $"not read; ")
                        + "save it as a plain JPEG or PNG.");
                case 0xD9 or 0xDA:
                    throw Damaged(path, "its pixels come before their size");
                case 0xE1:
                    orientation = ReadOrientation(reader, length, orientation);
                    break;
                default:
                    reader.Seek(length, SeekOrigin.Current);
                    break;
            }
        }
    }

    /// <summary>A file that ends too early.</summary>
    public static DataFormatException Truncated(string path)
        => new("ImageTruncated", path, "the JPEG is cut off: it ends in the middle. Get or save the picture anew.");

    /// <summary>A file that is wrong in itself.</summary>
    public static DataFormatException Damaged(string path, string what, Exception? cause = null)
        => new("JpegDamaged", path, $"this JPEG cannot be read: {what}. Get or save the picture anew.", cause);

    private static int NextMarker(GuardedStream reader, string path)
    {
        // Any number of FF may stand before a marker.
        int value = ReadByte(reader, path);
        if (value != 0xFF)
        {
            throw Damaged(path, "where a part of its header should begin there is something else");
        }

        while (value == 0xFF)
        {
            value = ReadByte(reader, path);
        }

        return value;
    }

    private static int ReadByte(GuardedStream reader, string path)
    {
        int value = reader.ReadByte();
        return value >= 0 ? value : throw Truncated(path);
    }

    private static (int Width, int Height) ReadFrame(GuardedStream reader, int length, bool progressive, string path)
    {
        Span<byte> frame = stackalloc byte[6];
        if (length < frame.Length)
        {
            throw Damaged(path, "the part of its header that tells its size is too short");
        }

        reader.ReadExactly(frame);
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        if (frame[0] != 8)
        {
            throw new DataFormatException("JpegKindUnknown", path, Invariant(
                $"this JPEG has {frame[0]} bits a sample, and 8 are read; save it as a plain JPEG or PNG."));
        }

        if (frame[5] == 4)
        {
            throw new DataFormatException("JpegKindUnknown", path,
                "this JPEG has the four colours of print (CMYK), which are not read; save it with RGB colours, or as "
                    + "PNG.");
        }

        ImageLimits.RequireSize(
            path, width, height, progressive ? MaximumProgressivePixels : ImageLimits.MaximumPixels);
        if ((long)width * height > reader.Length * MaximumPixelsPerByte)
        {
            throw Truncated(path);
        }

        return (width, height);
    }

    private static int ReadOrientation(GuardedStream reader, int length, int before)
    {
        // Other notes have the same marker.
        var notes = new byte[length];
        reader.ReadExactly(notes);
        return notes.AsSpan().StartsWith("Exif\0\0"u8) ? ExifOrientation.Parse(notes.AsSpan(6)) : before;
    }

    private static void RequireScans(GuardedStream reader, string path)
    {
        int scans = 0, last = 0;
        for (int value = reader.ReadByte(); value >= 0; value = reader.ReadByte())
        {
            scans += last == 0xFF && value == 0xDA ? 1 : 0;
            last = value;
        }

        if (scans is 0 or > MaximumScans)
        {
            throw Damaged(path, Invariant($"it has {scans:N0} scans of its pixels; 1 to {MaximumScans} are read"));
        }
    }
}
