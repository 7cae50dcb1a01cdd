using System.Collections;
using System.IO.Compression;

namespace MnistNet.Cmdlets;

/// <summary>
/// The data of a sweep as it travels to other machines: compressed once, however many sessions there are.
/// </summary>
internal sealed class CompressedSweepData(DigitSet train, DigitSet? test)
{
    private readonly Lazy<Hashtable[]> _sets = new(() => [.. Given(train, test).Select(Pack)]);

    /// <summary>The fingerprints that the sets must have on the other side.</summary>
    internal string[] Fingerprints { get; } = [.. Given(train, test).Select(set => set.GetFingerprint())];

    /// <summary>The sets: their names, shapes, compressed pixels and labels.</summary>
    internal Hashtable[] Sets => _sets.Value;

    private static DigitSet[] Given(DigitSet train, DigitSet? test) => test is null ? [train] : [train, test];

    private static Hashtable Pack(DigitSet set)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(set.Pixels);
        }

        return new Hashtable
        {
            ["Name"] = set.Name,
            ["Rows"] = set.Rows,
            ["Columns"] = set.Columns,
            ["Pixels"] = buffer.ToArray(),
            ["Labels"] = set.IsLabeled ? set.Labels.ToArray() : null,
        };
    }
}
