using System.IO.Compression;

namespace MnistNet.Fuzz;

/// <summary>Networks as arrays of NumPy.</summary>
internal sealed class NpzNetworkReader() : NetworkReader(
    "npz",
    new NpzNetworkFormat(),
    ZipArchives.Words)
{
    /// <summary>Ours, and those of other programs, deflated and in other orders and types.</summary>
    public override IReadOnlyList<byte[]> MakeSamples() =>
    [
        .. base.MakeSamples(),
        Others(CompressionLevel.Optimal, ("layers.0.weight", 3, 4), ("layers.0.bias", 3, 0), ("layers.2.weight", 10, 3),
            ("layers.2.bias", 10, 0)),
        Others(CompressionLevel.NoCompression, ("arr_0", 10, 4), ("arr_1", 10, 0)),
    ];

    /// <summary>Sets the checksums right, without which no change inside an array is looked at.</summary>
    public override void Repair(byte[] file) => ZipArchives.Repair(file);

    private static byte[] Others(CompressionLevel compression, params (string Name, int Rows, int Columns)[] arrays)
    {
        var stream = new MemoryStream();
        NpzFile.Write(
            stream,
            arrays.Select(array => KeyValuePair.Create(
                array.Name,
                array.Columns == 0
                    ? NpyArray.Of(new float[array.Rows], array.Rows)
                    : NpyArray.Of(new double[array.Rows * array.Columns], array.Rows, array.Columns))),
            compression);
        return stream.ToArray();
    }
}
