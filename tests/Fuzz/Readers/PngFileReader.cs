using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MnistNet.Fuzz;

/// <summary>Pictures in PNG.</summary>
internal sealed class PngFileReader : PictureReader
{
    public override string Name => "png";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "eXIf", "acTL" }.Select(Encoding.ASCII.GetBytes),
        [0, 0, 0, 0], [8, 0], [16, 6], [1, 3], [0, 0, 0, 1], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0x27, 0x10],
    ];

    public override IReadOnlyList<byte[]> MakeSamples()
    {
        using var written = new MemoryStream();
        PngWriter.Write(written, Drawn(20, 24));
        return
        [
            written.ToArray(),
            .. from kind in new (byte Color, byte[] Depths, int Samples)[] { (0, [1, 4, 16], 1), (2, [8, 16], 3),
                (3, [2, 8], 1), (4, [8], 2), (6, [16], 4) }
               from depth in kind.Depths
               from interlaced in new byte[] { 0, 1 }
               select Compose(kind.Color, depth, kind.Samples, interlaced),
        ];
    }

    /// <summary>Sets every checksum right.</summary>
    public override void Repair(byte[] file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length)
            {
                return;
            }

            var crc = new Crc32();
            crc.Append(file.AsSpan((int)at + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), crc.Value);
            at += 12 + length;
        }
    }

    private static byte[] Compose(byte color, byte depth, int samples, byte interlaced)
    {
        const int Side = 8;

        // Rows of noise with filters of noise: long enough for every pass of the interlacing.
        int rowLength = Side * samples * depth / 8;
        byte[] rows =
        [
            .. Enumerable.Range(0, (rowLength + 8) * Side * 2)
                .Select(i => (byte)(i % (rowLength + 1) == 0 ? i % 5 : i % 4)),
        ];
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        byte[] palette = color == 3 ? [.. Chunk("PLTE", [.. Enumerable.Range(0, 768).Select(i => (byte)i)])] : [];
        byte[] transparency = color switch
        {
            0 => Chunk("tRNS", [0, 1]),
            2 => Chunk("tRNS", [0, 1, 0, 2, 0, 3]),
            3 => Chunk("tRNS", [0, 128]),
            _ => [],
        };
        return
        [
            .. PngChunk.Signature, .. Chunk("IHDR", [0, 0, 0, Side, 0, 0, 0, Side, depth, color, 0, 0, interlaced]),
            .. palette, .. transparency, .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk =
            [0, 0, (byte)(data.Length >> 8), (byte)data.Length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        var crc = new Crc32();
        crc.Append(chunk.AsSpan(4, data.Length + 4));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), crc.Value);
        return chunk;
    }
}
