using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MnistNet.Tests;

/// <summary>A picture in colours, and encoders that have nothing in common with the readers under test.</summary>
internal sealed class ColorImage(int width, int height)
{
    private static readonly byte[] s_zigzag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
        47, 55, 62, 63,
    ];

    // ITU-T T.81, table K.1: the quantisation of quality 50, which is used for all three components here.
    private static readonly byte[] s_quantisation =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92,
        95, 98, 112, 100, 103, 99,
    ];

    private static readonly float[,] s_cosines = Cosines();

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Red, green and blue of each pixel, row after row.</summary>
    public byte[] Rgb { get; } = new byte[3 * width * height];

    public byte[] ToPng()
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < Height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(Rgb.AsSpan(3 * y * Width, 3 * Width));
            }
        }

        byte[] header = [.. BigEndian(Width), .. BigEndian(Height), 8, 2, 0, 0, 0];
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", pixels.ToArray()),
            .. Chunk("IEND", [])];
    }

    public byte[] ToBmp()
    {
        int rowLength = ((3 * Width) + 3) / 4 * 4;
        var bmp = new byte[54 + (rowLength * Height)];
        "BM"u8.CopyTo(bmp);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(2), bmp.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), Width);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), Height);
        bmp[26] = 1;
        bmp[28] = 24;
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = bmp.AsSpan(54 + ((Height - 1 - y) * rowLength));
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    row[(3 * x) + c] = Rgb[(3 * ((y * Width) + x)) + 2 - c];
                }
            }
        }

        return bmp;
    }

    /// <summary>Baseline JPEG, no component subsampled.</summary>
    /// <param name="quality">1 to 100.</param>
    /// <param name="orientation">What the EXIF notes say; 0 for none.</param>
    public byte[] ToJpeg(int quality, int orientation = 0)
    {
        int scale = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        byte[] quantisation = [.. s_quantisation.Select(step => (byte)Math.Clamp(((step * scale) + 50) / 100, 1, 255))];
        var jpeg = new MemoryStream();
        jpeg.Write([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        if (orientation > 0)
        {
            byte[] notes = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation,
                0, 0, 0, 0, 0, 0];
            jpeg.Write([0xFF, 0xE1, 0, (byte)(notes.Length + 2), .. notes]);
        }

        jpeg.Write([0xFF, 0xDB, 0, 67, 0, .. s_zigzag.Select(i => quantisation[i])]);
        jpeg.Write([0xFF, 0xC0, 0, 17, 8, (byte)(Height >> 8), (byte)Height, (byte)(Width >> 8), (byte)Width, 3, 1,
            0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);

        // Codes of one length for all symbols: twelve sizes of DC in 4 bits, all of AC in 8. Longer than Huffman's, and
        // simple.
        jpeg.Write([0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            .. Enumerable.Range(0, 12).Select(i => (byte)i)]);
        byte[] symbols = [0x00, 0xF0, .. Enumerable.Range(0, 16).SelectMany(run =>
            Enumerable.Range(1, 10).Select(size => (byte)((run << 4) | size)))];
        jpeg.Write([0xFF, 0xC4, 0, (byte)(19
            + symbols.Length), 0x10, 0, 0, 0, 0, 0, 0, 0, (byte)symbols.Length, 0, 0, 0, 0, 0, 0, 0, 0, .. symbols]);
        jpeg.Write([0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
        WriteBlocks(jpeg, quantisation, symbols);
        jpeg.Write([0xFF, 0xD9]);
        return jpeg.ToArray();
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var crc = new Crc32();
        crc.Append(body);
        return [.. BigEndian(data.Length), .. body, .. BigEndian((int)crc.Value)];
    }

    private static byte[] BigEndian(int number) =>
        [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static float[,] Cosines()
    {
        var cosines = new float[8, 8];
        for (int u = 0; u < 8; u++)
        {
            for (int x = 0; x < 8; x++)
            {
                cosines[u, x] = (float)((u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16));
            }
        }

        return cosines;
    }

    private void WriteBlocks(MemoryStream jpeg, byte[] quantisation, byte[] symbols)
    {
        var codes = new int[256];
        for (int i = 0; i < symbols.Length; i++)
        {
            codes[symbols[i]] = i;
        }

        uint bits = 0;
        int count = 0;
        var last = new int[3];
        Span<float> samples = stackalloc float[64];
        Span<int> coefficients = stackalloc int[64];
        for (int top = 0; top < Height; top += 8)
        {
            for (int left = 0; left < Width; left += 8)
            {
                for (int component = 0; component < 3; component++)
                {
                    Sample(left, top, component, samples);
                    Transform(samples, quantisation, coefficients);
                    int difference = coefficients[0] - last[component], size = Size(difference);
                    last[component] = coefficients[0];
                    Put(size, 4);
                    Put(difference < 0 ? difference - 1 : difference, size);
                    int run = 0;
                    for (int k = 1; k < 64; k++)
                    {
                        int value = coefficients[s_zigzag[k]];
                        if (value == 0)
                        {
                            run++;
                            continue;
                        }

                        for (; run > 15; run -= 16)
                        {
                            Put(codes[0xF0], 8);
                        }

                        size = Size(value);
                        Put(codes[(run << 4) | size], 8);
                        Put(value < 0 ? value - 1 : value, size);
                        run = 0;
                    }

                    if (run > 0)
                    {
                        Put(codes[0], 8);
                    }
                }
            }
        }

        Put(0x7F, 7);

        static int Size(int value) => value == 0 ? 0 : int.Log2(Math.Abs(value)) + 1;

        void Put(int value, int length)
        {
            bits = (bits << length) | ((uint)value & ((1u << length) - 1));
            for (count += length; count >= 8; count -= 8)
            {
                byte next = (byte)(bits >> (count - 8));
                jpeg.WriteByte(next);
                if (next == 0xFF)
                {
                    jpeg.WriteByte(0);
                }
            }
        }
    }

    /// <summary>
    /// The luma or one of the two chromas of 8×8 pixels, around 0; pixels outside repeat those at the edge.
    /// </summary>
    private void Sample(int left, int top, int component, Span<float> samples)
    {
        for (int i = 0; i < 64; i++)
        {
            int x = Math.Min(left + (i % 8), Width - 1);
            int y = Math.Min(top + (i / 8), Height - 1), at = 3 * ((y * Width) + x);
            float r = Rgb[at], g = Rgb[at + 1], b = Rgb[at + 2];
            samples[i] = component switch
            {
                0 => (0.299f * r) + (0.587f * g) + (0.114f * b) - 128,
                1 => (-0.168736f * r) - (0.331264f * g) + (0.5f * b),
                _ => (0.5f * r) - (0.418688f * g) - (0.081312f * b),
            };
        }
    }

    private static void Transform(Span<float> samples, byte[] quantisation, Span<int> coefficients)
    {
        Span<float> rows = stackalloc float[64];
        for (int y = 0; y < 8; y++)
        {
            for (int u = 0; u < 8; u++)
            {
                float sum = 0;
                for (int x = 0; x < 8; x++)
                {
                    sum += s_cosines[u, x] * samples[(8 * y) + x];
                }

                rows[(8 * y) + u] = sum;
            }
        }

        for (int u = 0; u < 8; u++)
        {
            for (int v = 0; v < 8; v++)
            {
                float sum = 0;
                for (int y = 0; y < 8; y++)
                {
                    sum += s_cosines[v, y] * rows[(8 * y) + u];
                }

                coefficients[(8 * v) + u] = (int)MathF.Round(sum / quantisation[(8 * v) + u]);
            }
        }
    }
}
