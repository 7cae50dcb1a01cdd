namespace MnistNet.Fuzz;

/// <summary>idx files of images and of labels.</summary>
internal sealed class IdxReader : FuzzReader
{
    private static readonly Uri Address = new("http://example.org/file");

    public override string Name => "idx";

    public override IReadOnlyList<byte[]> Words { get; } =
        [[0, 0, 8, 3], [0, 0, 8, 1], [0, 0, 12, 2], [0, 0, 13, 3], [0, 0, 0, 28], [0, 0, 234, 96],
            [.. "<!DOCTYPE html>"u8]];

    public override IReadOnlyList<byte[]> MakeSamples() =>
    [
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. Enumerable.Range(0, 24).Select(i => (byte)(11 * i))],
        [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 255],
        [0, 0, 8, 1, 0, 0, 0, 5, 3, 1, 4, 1, 5],
        [0, 0, 12, 2, 0, 0, 0, 2, 0, 0, 0, 8, .. Enumerable.Range(0, 64).Select(i =>
            (byte)(i % 4 == 3 && i % 32 == 3 ? 7 : 0))],
    ];

    public override void Read(byte[] file)
    {
        try
        {
            using ContentReader reader = ContentReader.Over(file, Address);
            IdxFile images = IdxFile.ReadImages(reader);
            var set = new DigitSet("fuzz", images.Pixels, labels: null, images.Rows, images.Columns);
            Require.That(set.Count == images.Count && set.Count > 0, "the set has the images that the header claims");
            _ = set[set.Count - 1];
        }
        catch (DataFormatException)
        {
            using ContentReader reader = ContentReader.Over(file, Address);
            byte[] labels = IdxFile.ReadLabels(reader).GetLabels();
            Require.That(labels.Length > 0 && labels.All(label => label < 10), "labels are 0 to 9");
        }
    }
}
