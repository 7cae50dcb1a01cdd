using System.Buffers.Binary;

namespace MnistNet.Fuzz;

/// <summary>Pictures as PNG.</summary>
internal sealed class PngImageReader : FuzzReader
{
    private const int SignatureLength = 8, ChunkOverhead = 12;

    public override string Name => "png";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [.. "IHDR"u8], [.. "IDAT"u8], [.. "IEND"u8], [.. "PLTE"u8], [.. "tRNS"u8], [.. "gAMA"u8], [0, 0, 0, 0], [8, 0], [16, 6], [1, 3],
    ];

    public override IReadOnlyList<byte[]> MakeSamples() => [Save(5, 4), Save(1, 1), Save(28, 28)];

    public override void Read(byte[] file)
    {
        GreyImage image = ImageFile.Read(new MemoryStream(file), "fuzz.png");
        Require.That(image.Levels.Length == image.Width * image.Height && image.Width > 0, "a picture has the size it claims");
    }

    /// <summary>Each chunk ends with its checksum.</summary>
    public override void Repair(byte[] file)
    {
        int at = SignatureLength;
        while (at + ChunkOverhead <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - ChunkOverhead)
            {
                return;
            }

            var checksum = new Crc32();
            checksum.Append(file.AsSpan(at + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), checksum.Value);
            at += ChunkOverhead + (int)length;
        }
    }

    private static byte[] Save(int width, int height)
    {
        var stream = new MemoryStream();
        PngWriter.Write(stream, new GreyImage(width, height, [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 37))]));
        return stream.ToArray();
    }
}
