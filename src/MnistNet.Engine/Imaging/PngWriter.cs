using System.Buffers.Binary;
using System.IO.Compression;

namespace MnistNet;

/// <summary>Writes images as PNG (ISO/IEC 15948): 8 bits, not interlaced, without any metadata.</summary>
internal static class PngWriter
{
    /// <summary>Writes a grey picture.</summary>
    public static void Write(Stream stream, GreyImage image)
    {
        var pixels = new byte[image.Width * image.Height];
        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).CopyTo(pixels.AsSpan(y * image.Width));
        }

        Write(stream, image.Width, image.Height, PngColor.Grey, [], pixels);
    }

    /// <summary>Writes a picture of any colours.</summary>
    /// <param name="stream">Where it is written.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="color">What a pixel consists of.</param>
    /// <param name="palette">Red, green and blue of each colour that pixels name; empty without a palette.</param>
    /// <param name="pixels">The bytes of the pixels, row after row.</param>
    public static void Write(
        Stream stream, int width, int height, PngColor color, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> pixels)
    {
        stream.Write(PngChunk.Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)color;
        header[10..].Clear();
        WriteChunk(stream, "IHDR"u8, header);
        if (palette.Length > 0)
        {
            WriteChunk(stream, "PLTE"u8, palette);
        }

        WriteChunk(stream, "IDAT"u8, Compress(pixels, height));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int height)
    {
        int length = pixels.Length / height;
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                // No filter: digits are mostly background, which deflate shrinks best as it is.
                zlib.WriteByte((byte)PngFilter.None);
                zlib.Write(pixels.Slice(y * length, length));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.Value);
        stream.Write(number);
    }
}
