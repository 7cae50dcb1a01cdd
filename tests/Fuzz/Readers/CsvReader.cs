using System.Text;

namespace MnistNet.Fuzz;

/// <summary>Kaggle's tables of digits.</summary>
internal sealed class CsvReader : FuzzReader
{
    private static readonly Uri Address = new("http://example.org/train.csv");

    public override string Name => "csv";

    public override IReadOnlyList<byte[]> Words { get; } =
        [
            [.. "label"u8], [.. "pixel0"u8], [.. ","u8], [.. "\r\n"u8], [.. "\n"u8], [.. "\""u8], [.. "255"u8],
            [.. "256"u8], [0xEF, 0xBB, 0xBF],
        ];

    public override IReadOnlyList<byte[]> MakeSamples()
    {
        string pixels = string.Join(',', Enumerable.Range(0, 784).Select(i => $"pixel{i}"));
        string row = string.Join(',', Enumerable.Range(0, 784).Select(i => $"{i * i % 256}"));
        string blank = string.Join(',', Enumerable.Repeat("0", 784));
        return
        [
            Encoding.ASCII.GetBytes($"label,{pixels}\n7,{row}\n0,{blank}\n"),
            Encoding.ASCII.GetBytes($"{pixels}\r\n{blank}\r\n{row}"),
            Encoding.UTF8.GetBytes($"\uFEFF3,{blank}\n\n9,{blank}\n"),
            Encoding.ASCII.GetBytes(
                $"\"label\",{pixels}\n\"1\",{blank.Replace("0", "\"007\"", StringComparison.Ordinal)}\n"),
        ];
    }

    public override void Read(byte[] file)
    {
        using ContentReader reader = ContentReader.Over(file, Address);
        DigitSet set = KaggleCsvReader.Read(reader, "fuzz");
        Require.That(set is { Count: > 0, PixelCount: 784 }, "a table has digits of 28×28");
    }
}
