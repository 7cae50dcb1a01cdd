using System.Security.Cryptography;

namespace MnistNet.Fuzz;

/// <summary>Checkpoints of trainings.</summary>
internal sealed class CheckpointReader : FuzzReader
{
    public override string Name => "checkpoint";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [.. "\"parameters\":"u8], [.. "\"finite\":"u8], [.. "\"best\":"u8], [.. "\"optimizer0\":"u8],
        [.. "\"history\":"u8],
        [.. "\"checksum\":"u8], [.. "steps_done"u8], [.. "stop_reason"u8], [.. "format_version"u8], [.. "\"F64\""u8],
        [.. "\"U8\""u8],
    ];

    public override IReadOnlyList<byte[]> MakeSamples()
    {
        string folder = Directory.CreateTempSubdirectory("mnistnet-fuzz-").FullName;
        try
        {
            var pixels = new byte[20 * 4];
            new Random(1).NextBytes(pixels);
            var digits = new DigitSet(
                "fuzz", pixels, [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 10))], rows: 2, columns: 2);
            Network network = Network.Create([2], seed: 1, inputs: 4);
            var plain = new TrainingSettings { Iterations = 2, Threads = 1 };
            TrainingSettings[] settings =
            [
                plain,
                plain with { Optimizer = Optimizer.Adam, BatchSize = 5, Epochs = 2, Iterations = null },
                plain with { Optimizer = Optimizer.Momentum, ValidationFraction = 0.5, Patience = 1 },
            ];
            return [.. settings.Select((setting, i) =>
            {
                string path = Path.Combine(folder, $"{i}.ckpt");
                Trainer.Train(network, digits, null, setting, new CheckpointSettings(path) { Every = 1 });
                return File.ReadAllBytes(path);
            })];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public override void Read(byte[] file)
    {
        (TrainingState state, IReadOnlyDictionary<string, string> identity) = CheckpointFile.Read(
            new MemoryStream(file), "fuzz.ckpt");
        Require.That(state.History.Count >= 0 && state.StepsDone >= 0 && identity.Count > 0, "a state has its parts");
    }

    /// <summary>The checksum is the last of the file, and over all before it.</summary>
    public override void Repair(byte[] file)
    {
        SafetensorsReader.RepairHeader(file);
        if (file.Length > SHA256.HashSizeInBytes)
        {
            SHA256.HashData(file.AsSpan(..^SHA256.HashSizeInBytes), file.AsSpan(^SHA256.HashSizeInBytes..));
        }
    }
}
