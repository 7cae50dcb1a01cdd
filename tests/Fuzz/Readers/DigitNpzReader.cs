using System.IO.Compression;

namespace MnistNet.Fuzz;

/// <summary>Digits as arrays of NumPy.</summary>
internal sealed class DigitNpzReader : FuzzReader
{
    public override string Name => "digits";

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. ZipArchives.Words, [.. "'|u1'"u8], [.. "'>i8'"u8], [.. "labels"u8], [.. "x_train"u8]];

    public override IReadOnlyList<byte[]> MakeSamples()
    {
        var ours = new MemoryStream();
        DigitNpz.Write(ours, new DigitSet("fuzz", [.. Enumerable.Range(0, 24).Select(i => (byte)i)], [3, 4], 3, 4));
        return
        [
            ours.ToArray(),
            Compose(
                CompressionLevel.NoCompression,
                ("images", NpyArray.Of(new byte[24], 2, 3, 4)),
                ("labels", NpyArray.Of([1, (byte)2], 2))),
            Compose(
                CompressionLevel.NoCompression,
                ("x_train", NpyArray.Of(new float[18], 2, 9)),
                ("y_train", NpyArray.Of([1.0, 2.0], 2, 1)),
                ("x_test", NpyArray.Of(new byte[9], 1, 3, 3, 1)),
                ("y_test", NpyArray.Of([(byte)9], 1))),
        ];
    }

    /// <summary>Sets the checksums right, without which no change inside an array is looked at.</summary>
    public override void Repair(byte[] file) => ZipArchives.Repair(file);

    public override void Read(byte[] file)
    {
        DigitNpz archive = DigitNpz.Read(new MemoryStream(file), "fuzz");
        try
        {
            Check(archive.ToSet("fuzz"));
        }
        catch (DataFormatException)
        {
            Check(archive.ToSet("fuzz", DatasetSplit.Train));
            Check(archive.ToSet("fuzz", DatasetSplit.Test));
        }
    }

    private static void Check(DigitSet set)
    {
        Require.That(set.Count > 0 && set.PixelCount > 0, "a set has digits, and they have pixels");
        _ = set[set.Count - 1];
    }

    private static byte[] Compose(CompressionLevel compression, params (string Name, NpyArray Array)[] arrays)
    {
        var stream = new MemoryStream();
        NpzFile.Write(stream, arrays.Select(array => KeyValuePair.Create(array.Name, array.Array)), compression);
        return stream.ToArray();
    }
}
