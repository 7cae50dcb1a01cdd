using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MnistNet.Kernels;

namespace MnistNet.Bench;

/// <summary>
/// How near the full-batch iteration of 784-10-10 comes to what its inner loops could do alone, on every processor at once, without softmax,
/// small layers, reduction or update: walking all images' pixels from memory, forward and back; and the same over images that lie
/// in the first-level cache already, which no training can reach. And how near that comes to this machine's multiply-adds.
/// </summary>
internal sealed unsafe class FloorJob(DigitSet train)
{
    private const int HotTiles = 8, Passes = 40, Lanes = 16, PeakSteps = 20_000_000;

    public void Run(int rounds, Report report)
    {
        double[] floor = new double[rounds], cached = new double[rounds], iteration = new double[rounds], peak = new double[rounds];
        double nonZero = SparseImages.Of(train).NonZeroCount;
        int threads = WorkerTeam.DefaultSize;
        Trainer.Train(Network.Create([10]), train, null, new() { Iterations = 5 });
        for (int round = 0; round < rounds; round++)
        {
            floor[round] = OnEveryProcessor(threads, () => MeasureLoops(train.Count / Tile.Capacity, passes: 1)) * nonZero / threads * 1e-6;
            cached[round] = OnEveryProcessor(threads, () => MeasureLoops(HotTiles, Passes)) * nonZero / threads * 1e-6;
            TrainingResult run = Trainer.Train(Network.Create([10]), train, null, new() { Iterations = 60 });
            iteration[round] = run.Seconds / run.Iterations * 1e3;
            peak[round] = OnEveryProcessor(threads, MeasurePeak);
        }

        const string job = "an iteration against its floor";
        var measured = new Measurement(job, "MnistNet", "ms", iteration, "");
        var memory = new Measurement(job, "pixels from memory", "ms", floor, "");
        var cache = new Measurement(job, "pixels from the cache", "ms", cached, "");
        double used = nonZero * 2 * Lanes / (measured.Median * 1e-3) / 1e9, possible = threads / peak.Order().ElementAt(rounds / 2) * Lanes;
        report.Add(
        [
            measured with { Note = FormattableString.Invariant($"{used:F0} of {possible:F0} G multiply-adds a second, {nonZero / 1e6:F2} M non-zero pixels") },
            memory with { Note = FormattableString.Invariant($"the iteration takes {measured.Median / memory.Median:F2}x as long") },
            cache with { Note = FormattableString.Invariant($"the iteration takes {measured.Median / cache.Median:F2}x as long") },
        ]);
    }

    // The slowest of all processors, each doing the same at the same time.
    private static double OnEveryProcessor(int threads, Func<double> measure)
    {
        var results = new double[threads];
        var workers = Enumerable.Range(0, threads).Select(i => new Thread(() => results[i] = measure())).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return results.Max();
    }

    // Nanoseconds a non-zero pixel, forward and back, over some tiles, each as often as asked; the best pass of a tile counts.
    private double MeasureLoops(int tiles, int passes)
    {
        var layout = new NetworkLayout(Network.Create([10]));
        LayerLayout layer = layout.Layers[0];
        SparseImages images = SparseImages.Of(train);
        using var parameters = new AlignedBuffer<float>(layout.Length);
        using var gradient = new AlignedBuffer<float>(layout.Length);
        using var work = new Workspace(layout, Tile.Capacity, withDeltas: true);
        using var tile = new Tile(images, layer);
        double nanoseconds = 0;
        for (int t = 0; t < tiles; t++)
        {
            double best = double.PositiveInfinity;
            for (int pass = 0; pass < passes; pass++)
            {
                long start = Stopwatch.GetTimestamp();
                if (pass == 0)
                {
                    tile.Load(new Batch(null, t * Tile.Capacity, Tile.Capacity));
                }

                FirstLayer.Forward(tile, layer, 0, parameters.Pointer, work.Activations(0));
                FirstLayer.Accumulate(tile, layer, 0, work.Deltas(0), gradient.Pointer);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            }

            nanoseconds += best;
        }

        return nanoseconds / images.Starts[tiles * Tile.Capacity];
    }

    // Nanoseconds a vector multiply-add, from registers alone.
    private static double MeasurePeak()
    {
        long start = Stopwatch.GetTimestamp();
        float sum = MultiplyAdd(PeakSteps);
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / (PeakSteps * 10.0);
        return sum == 0 ? double.NaN : nanoseconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdd(int steps)
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y;
        for (int step = 0; step < steps; step++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j);
    }
}
