using System.IO.Compression;

namespace MnistNet.Fuzz;

/// <summary>Gzip files of one and of several members.</summary>
internal sealed class GzipFileReader : FuzzReader
{
    private static readonly Uri Address = new("http://example.org/file.gz");

    private readonly byte[] _buffer = new byte[1 << 20];

    public override string Name => "gzip";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [0x1F, 0x8B, 8, 0], [0x1F, 0x8B, 8, 30], [3, 0], new byte[8],
    ];

    public override IReadOnlyList<byte[]> MakeSamples()
    {
        byte[] text = [.. Enumerable.Range(0, 600).Select(i => (byte)(i * i / 97))];
        return
        [
            Gzip(text, CompressionLevel.Optimal),
            Gzip(text[..50], CompressionLevel.NoCompression),
            [.. Gzip(text[..20], CompressionLevel.Fastest), .. Gzip(text[20..60], CompressionLevel.Optimal)],
            [.. Gzip(text[..9], CompressionLevel.Fastest), .. new byte[40]],
            [
                0x1F, 0x8B, 8, 12, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, .. "name\0"u8,
                .. Gzip(text, CompressionLevel.Optimal)[10..],
            ],
        ];
    }

    public override void Read(byte[] file)
    {
        using ContentReader reader = ContentReader.Over(file, Address);
        int length = reader.Read(_buffer);
        if (GzipReader.IsStartOf(file))
        {
            RequireSameContent(file, _buffer.AsSpan(0, length));
        }
    }

    /// <summary>What is taken for whole is what another reader makes of it, unless that one refuses it.</summary>
    private static void RequireSameContent(byte[] file, ReadOnlySpan<byte> content)
    {
        using var other = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        var expected = new byte[content.Length + 1];
        int length;
        try
        {
            length = other.ReadAtLeast(expected, expected.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            // A few bytes between the end of a member and its trailer pass here; the checksum holds all the same.
            return;
        }

        Require.That(expected.AsSpan(0, length).SequenceEqual(content), "the content is what GZipStream reads");
    }

    private static byte[] Gzip(byte[] content, CompressionLevel level)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
