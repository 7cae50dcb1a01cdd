using System.Buffers.Binary;
using System.IO.Compression;

namespace MnistNet.Tests;

/// <summary>Writes idx content for tests, right or wrong.</summary>
internal static class Idx
{
    public static byte[] Images(int count, byte[] pixels, int rows = 28, int columns = 28) =>
        [.. Header(0x0803, count, rows, columns), .. pixels];

    public static byte[] Labels(params byte[] labels) => [.. Header(0x0801, labels.Length), .. labels];

    /// <summary>QMNIST's labels: the class in the first of 8 columns, other numbers in the others.</summary>
    public static byte[] ExtendedLabels(params byte[] labels) =>
        [
            .. Header(0x0C02, labels.Length, 8),
            .. labels.SelectMany(label => Header(label, 4, 2100, 149, 30, 281_769, 0, 0)),
        ];

    /// <summary>Big-endian 32-bit numbers: the magic number and the dimensions.</summary>
    public static byte[] Header(params int[] numbers) => [.. numbers.SelectMany(BigEndian)];

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>A gzip of the given beginning and then so many zeros, 1,000 times as long as itself.</summary>
    public static byte[] Bomb(byte[] start, long zeros)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(start);
            var block = new byte[1 << 20];
            for (; zeros > 0; zeros -= block.Length)
            {
                gzip.Write(block.AsSpan(0, (int)Math.Min(zeros, block.Length)));
            }
        }

        return packed.ToArray();
    }

    /// <summary>Grey levels that differ from image to image.</summary>
    public static byte[] SomePixels(int count, int size = 784) =>
        [.. Enumerable.Range(0, count * size).Select(i => (byte)((i * 7) ^ (i / size)))];

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
