using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MnistNet.Tests;

/// <summary>The same seed gives the same bits: for any number of threads, and on every machine.</summary>
public sealed class BitIdentityTests
{
    private static readonly DigitSet Digits = SmallDigits.Make(1000, seed: 5);

    // Narrow and wide first layers share their work out in different ways; 300 is more than one sub-batch, 77 leaves a
    // remainder.
    public static TheoryData<string, int[], Activation, TrainingSettings> Jobs => new()
    {
        { "narrow, full batch", [10], Activation.ReLU, new() { Iterations = 5 } },
        { "no hidden layer", [], Activation.ReLU, new() { Iterations = 5 } },
        { "narrow below and very wide above", [10, 900, 300], Activation.ReLU, new() { BatchSize = 500, Epochs = 1 } },
        { "wide, full batch", [100], Activation.ReLU, new() { Iterations = 5 } },
        {
            "deep and narrow, mini-batches", [20, 12], Activation.Tanh,
            new()
            {
                BatchSize = 77,
                Epochs = 2,
                Optimizer = Optimizer.Momentum,
            }
        },
        {
            "deep and wide, mini-batches", [70, 40, 30], Activation.Sigmoid,
            new()
            {
                BatchSize = 77,
                Epochs = 1,
                Optimizer = Optimizer.Nesterov,
            }
        },
        {
            "wide, Adam", [65], Activation.LeakyReLU,
            new()
            {
                BatchSize = 300,
                Epochs = 2,
                Optimizer = Optimizer.Adam,
                LabelSmoothing = 0.05,
                Schedule = Schedule.OneCycle,
            }
        },
        {
            "wide, AdamW, validation", [33], Activation.ReLU,
            new()
            {
                BatchSize = 128,
                Epochs = 2,
                Optimizer = Optimizer.AdamW,
                WeightDecay = 0.1,
                ValidationFraction = 0.2,
            }
        },
    };

    [Theory]
    [MemberData(nameof(Jobs))]
    public void Any_number_of_threads_gives_the_same_weights_and_history(
        string job, int[] hidden, Activation activation, TrainingSettings settings)
    {
        Network start = Network.Create(hidden, activation, seed: 3);
        string[] hashes =
        [
            .. new[] { 1, 2, 3, 8 }.Select(
                threads => Hash(Trainer.Train(start, Digits, null, settings with { Threads = threads }))),
        ];

        Assert.True(hashes.All(hash => hash == hashes[0]), $"{job}: {string.Join(" ", hashes)}");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(70)]
    public void So_does_data_that_has_no_zeros(int hidden)
    {
        var pixels = new byte[400 * 784];
        new Random(1).NextBytes(pixels);
        var noise = new DigitSet("noise", pixels, [.. Enumerable.Range(0, 400).Select(i => (byte)(i % 10))]);
        Network start = Network.Create([hidden]);
        string[] hashes =
        [
            .. new[] { 1, 2, 3, 8 }.Select(
                threads => Hash(Trainer.Train(start, noise, null, new() { Iterations = 3, Threads = threads }))),
        ];

        Assert.All(hashes, hash => Assert.Equal(hashes[0], hash));
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public void Predictions_are_the_same_for_any_number_of_threads(
        string job, int[] hidden, Activation activation, TrainingSettings settings)
    {
        Assert.NotNull(settings);
        Network network = Network.Create(hidden, activation, seed: 3);
        float[] alone = Predictor.GetProbabilities(network, Digits, threads: 1);

        Assert.True(
            new[] { 2, 3, 8 }.All(
                threads => Predictor.GetProbabilities(network, Digits, threads).AsSpan().SequenceEqual(alone)),
            job);
    }

    [Fact]
    public void Another_seed_gives_another_order_of_the_images()
    {
        var settings = new TrainingSettings { BatchSize = 100, Epochs = 1 };
        Network start = Network.Create([10]);

        Assert.NotEqual(
            Hash(Trainer.Train(start, Digits, null, settings)),
            Hash(Trainer.Train(start, Digits, null, settings with { Seed = 1 })));
    }

    private const string Expected =
        """
        classic: 33cb58dd27156c15
        classic, a part of a column block: f90321bfff1e152f
        wide, full batch: 70aee0f9dffaf10a
        GradientDescent, narrow: 884a7ba325da9197
        GradientDescent, wide: 2718f59394e3671a
        Momentum, narrow: ec022558461e3dda
        Momentum, wide: ccbe82b750838cec
        Nesterov, narrow: 12ae647a669ca463
        Nesterov, wide: afd4218fa7c3a8b6
        Adam, narrow: c7c3eb64b2bd9950
        Adam, wide: 6038ab8d891e85c7
        AdamW, narrow: 29913ccf4d0dc2c3
        AdamW, wide: 532d0cf791782f4d
        """;

    // The pinned values were written down on x64 with 512-bit vectors. They change only when the mathematics does; then
    // say so in the changelog.
    [Fact]
    public void A_short_training_ends_in_the_golden_bits()
    {
        var found = new Dictionary<string, string>
        {
            ["classic"] = Golden([10], new() { Iterations = 5 }),
            ["classic, a part of a column block"] = Golden([16, 3], new() { Iterations = 3 }, images: 700),
            ["wide, full batch"] = Golden([65, 20], new() { Iterations = 3 }),
        };
        foreach (Optimizer optimizer in Enum.GetValues<Optimizer>())
        {
            var settings = new TrainingSettings
            {
                Optimizer = optimizer,
                BatchSize = 100,
                Epochs = 1,
                WeightDecay = 0.01,
                LabelSmoothing = 0.1,
            };
            found[$"{optimizer}, narrow"] = Golden([10], settings);
            found[$"{optimizer}, wide"] = Golden([65, 20], settings);
        }

        string text = string.Join('\n', found.Select(pair => $"{pair.Key}: {pair.Value}"));
        Assert.True(text == Expected, $"Expected:\n{Expected}\nFound:\n{text}");
    }

    private static string Golden(int[] hidden, TrainingSettings settings, int images = 1000)
        => Hash(Trainer.Train(Network.Create(hidden), Digits.Take(images), null, settings));

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Machines_with_narrower_vectors_end_in_the_golden_bits_too(string without)
    {
        // The same test once more, in a process of its own in which the runtime must do without these instructions.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Engine.Tests"))
        {
            ArgumentList = { "-method",
                $"{typeof(BitIdentityTests).FullName}.{nameof(A_short_training_ends_in_the_golden_bits)}" },
            Environment = { [without] = "0" },
            RedirectStandardOutput = true,
        };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();

        Assert.Contains("Total: 1, Errors: 0, Failed: 0", output, StringComparison.Ordinal);
    }

    internal static string Hash(TrainingResult result)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Matrix matrix in result.Network.Parameters)
        {
            hash.AppendData(MemoryMarshal.AsBytes<double>(matrix.Values.ToRowMajorArray()));
        }

        foreach (HistoryRow row in result.History)
        {
            hash.AppendData(
                MemoryMarshal.AsBytes<double>(
                    [row.Loss, row.Accuracy, row.ValidationLoss ?? 0, row.GradientNorm, row.LearningRate]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
