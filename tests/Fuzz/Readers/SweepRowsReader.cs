using System.Text;

namespace MnistNet.Fuzz;

/// <summary>The result files of sweeps, which are read and gone on with.</summary>
internal sealed class SweepRowsReader : FuzzReader
{
    private const string Fingerprint = "0123456789abcdef";

    private static readonly SweepPlan Plan = SweepPlan.Grid([new("Alpha", [0.1, 0.5]), new("Seed", [1, 2])]);

    private static readonly SweepRun Row = Plan[0].With(row =>
    {
        row.DataFingerprint = Fingerprint;
        row.Data = "fuzz (20 digits)";
    });

    public override string Name => "sweep";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [.. "\""u8], [.. "\"\""u8], [.. ","u8], [.. "\n"u8], [.. "\r\n"u8], [.. "Adam"u8], [.. "Alpha"u8],
        [.. "0.1"u8], [.. "0,1"u8],
        [.. "NaN"u8], [.. "Diverged"u8], [0xEF, 0xBB, 0xBF], [0xC3, 0x28], [0],
    ];

    public override IReadOnlyList<byte[]> MakeSamples()
    {
        byte[] one = Write(
            Row.With(row =>
            {
                row.TestAccuracy = 0.9;
                row.Loss = double.NaN;
                row.Updates = 3;
                row.StopReason = StopReason.Diverged;
            }));
        byte[] two = Write(
            Row, Plan[3].With(row =>
            {
                row.DataFingerprint = Fingerprint;
                row.Error = "a \"quoted\" word, and a comma";
            }));
        return
        [
            one, two, [.. Encoding.UTF8.Preamble, .. two],
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(one).Replace("\n", "\r\n", StringComparison.Ordinal)),
        ];
    }

    public override void Read(byte[] file)
    {
        var stream = new MemoryStream();
        stream.Write(file);
        stream.Position = 0;
        int rows;
        using (SweepResultFile results = SweepResultFile.Open("fuzz.csv", AppendOnlyFile.On("fuzz.csv", stream), Plan,
            Fingerprint))
        {
            rows = results.Rows.Count;
            results.Append(Row);
        }

        // What was gone on with reads back, with the row that was added.
        var again = new MemoryStream();
        again.Write(stream.ToArray());
        again.Position = 0;
        using SweepResultFile whole = SweepResultFile.Open(
            "fuzz.csv", AppendOnlyFile.On("fuzz.csv", again), Plan, Fingerprint);
        Require.That(whole.Rows.Count == rows + 1, $"{rows} rows and one more make {whole.Rows.Count}");
    }

    private static byte[] Write(params SweepRun[] rows)
    {
        var stream = new MemoryStream();
        using (SweepResultFile results = SweepResultFile.Open("fuzz.csv", AppendOnlyFile.On("fuzz.csv", stream), Plan,
            Fingerprint))
        {
            foreach (SweepRun row in rows)
            {
                results.Append(row);
            }
        }

        return stream.ToArray();
    }
}
