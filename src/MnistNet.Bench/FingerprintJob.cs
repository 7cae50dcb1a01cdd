using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MnistNet.Bench;

/// <summary>
/// The bits of trainings as short hashes, to hold two builds side by side: a change that is to change no result changes
/// none of these.
/// </summary>
internal static class FingerprintJob
{
    private const int Seeds = 3;

    public static void Run(DigitSet train)
    {
        foreach (Recipe recipe in Enum.GetValues<Recipe>())
        {
            Print($"{recipe}", train, recipe.GetHidden(), recipe.GetSettings());
        }

        foreach (Optimizer optimizer in Enum.GetValues<Optimizer>())
        {
            Print($"{optimizer}, full batch", train, [10], new() { Optimizer = optimizer, Iterations = 20 });
            Print(
                $"{optimizer}, mini-batches",
                train,
                [64, 32],
                new() { Optimizer = optimizer, BatchSize = 200, Epochs = 1, WeightDecay = 1e-4 });
        }
    }

    private static void Print(string name, DigitSet train, int[] hidden, TrainingSettings settings)
    {
        IEnumerable<string> prints = Enumerable.Range(0, Seeds).Select(seed =>
            Of(Trainer.Train(Network.Create(hidden, seed: seed), train, null, settings with { Seed = seed })));
        Console.WriteLine($"{name,-32} {string.Join("  ", prints)}");
    }

    private static string Of(TrainingResult result)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Matrix matrix in result.Network.Parameters)
        {
            hash.AppendData(MemoryMarshal.AsBytes<double>(matrix.Values.Values));
        }

        foreach (HistoryRow row in result.History)
        {
            hash.AppendData(
                MemoryMarshal.AsBytes<double>([row.Loss, row.Accuracy, row.GradientNorm, row.LearningRate]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
