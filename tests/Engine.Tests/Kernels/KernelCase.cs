using System.Diagnostics;

namespace MnistNet.Tests;

/// <summary>A random training, all of which follows from its seed: images, network, settings.</summary>
internal sealed class KernelCase
{
    private KernelCase(int seed)
    {
        Seed = seed;
        var random = new Random(seed);
        int rows = 1 + random.Next(40), columns = 1 + random.Next(40);
        int[] hidden = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Width(random))];

        // Batches at and beside every boundary of the kernels: tiles, blocks, groups, parts of a batch.
        int[] boundaries = [1, 16, 32, 256, 512, 1536, 40 * 48, 1 + random.Next(700)];
        int batch = Math.Max(1, boundaries[random.Next(boundaries.Length)] + random.Next(-2, 3));
        int steps = 1 + random.Next(4);
        int count =
            batch * steps <= 3000 && random.Next(3) > 0 ? Math.Max(1, (batch * steps) - random.Next(batch)) : batch;
        if ((long)count * rows * columns > 250_000)
        {
            (rows, columns) = (1 + (rows % 12), 1 + (columns % 12));
        }

        Digits = SmallBatch.Digits(
            count,
            seed,
            rows,
            columns,
            ink: random.Next(6) switch { 0 => 0, 1 => 1, 2 => 0.02, _ => random.NextDouble() });
        Activation activation = (Activation)random.Next(4);
        Network = Network.Create(
            hidden,
            activation,
            random.Next(2) == 0 ? Initializer.Xavier : Initializer.Uniform,
            seed,
            Digits.PixelCount);
        Optimizer optimizer = (Optimizer)random.Next(5);
        Settings = new TrainingSettings
        {
            BatchSize = batch == count && random.Next(2) == 0 ? null : Math.Min(batch, count),
            Iterations = steps + random.Next(3),
            Alpha = optimizer is Optimizer.Adam or Optimizer.AdamW ? 0.002 : 0.05,
            Optimizer = optimizer,
            Momentum = 0.5 + (random.NextDouble() / 2.5),
            Beta1 = 0.5 + (random.NextDouble() / 2.5),
            Beta2 = 0.9 + (random.NextDouble() / 11),
            // Not the usual 1e-8: with it, Adam makes a whole step of a gradient that is all rounding.
            Epsilon = 1e-3,
            WeightDecay = random.Next(2) == 0 ? 0 : 0.1 * random.NextDouble(),
            Schedule = (Schedule)random.Next(4),
            WarmUp = random.Next(3) == 0 ? 0.4 : 0,
            LabelSmoothing = random.Next(2) == 0 ? 0 : 0.3 * random.NextDouble(),
            Threads = 1 + random.Next(3),
            Seed = random.Next(100),
        };
    }

    /// <summary>Where the seeds begin: 0, or what the variable MNISTNET_TEST_SEED says.</summary>
    public static int FirstSeed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MNISTNET_TEST_SEED"), out int seed) ? seed : 0;

    public int Seed { get; }

    public DigitSet Digits { get; }

    public Network Network { get; }

    public TrainingSettings Settings { get; }

    /// <summary>
    /// Cases of one seed after the other for as long as there is time, and a number of them in any case.
    /// </summary>
    public static IEnumerable<KernelCase> For(TimeSpan time, int least)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < least || Stopwatch.GetElapsedTime(start) < time; i++)
        {
            yield return new KernelCase(FirstSeed + i);
        }
    }

    public override string ToString()
        =>
            $"seed {Seed}: {Network}, {Digits.Count} images of {Digits.Rows}×{Digits.Columns}, {Settings}, "
            + $"{Settings.Schedule}, "
            + $"smoothing {Settings.LabelSmoothing:F2}, decay {Settings.WeightDecay:F2}, {Settings.Threads} threads";

    private static int Width(Random random)
    {
        int[] boundaries = [1, 16, 32, 64, 1 + random.Next(129), 1 + random.Next(129)];
        return Math.Clamp(boundaries[random.Next(boundaries.Length)] + random.Next(-1, 2), 1, 129);
    }
}
