using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MnistNet.Kernels;

namespace MnistNet.Bench;

/// <summary>
/// How near the full-batch iteration of 784-10-10 comes to what its inner loops could do alone, on every processor at
/// once, without softmax, small layers, reduction or update: walking all images' pixels from memory, forward and back;
/// and the same over one column block whose lists lie in the second-level cache already, which no training can reach.
/// And how near that comes to this machine's multiply-adds.
/// </summary>
internal sealed class FloorJob(DigitSet train)
{
    private const int Passes = 40, Lanes = NetworkLayout.Lanes, PeakSteps = 20_000_000;

    public void Run(int rounds, Report report)
    {
        double[] floor = new double[rounds], cached = new double[rounds];
        double[] iteration = new double[rounds], peak = new double[rounds];
        using var counter = new FirstLayerLoops(train);
        double nonZero = counter.NonZeroCount;
        int threads = WorkerTeam.DefaultSize;
        Trainer.Train(Network.Create([10]), train, null, new() { Iterations = 5 });
        for (int round = 0; round < rounds; round++)
        {
            floor[round] = OnEveryProcessor(threads, MeasureMemory) * nonZero / threads * 1e-6;
            cached[round] = OnEveryProcessor(threads, MeasureCache) * nonZero / threads * 1e-6;
            TrainingResult run = Trainer.Train(Network.Create([10]), train, null, new() { Iterations = 60 });
            iteration[round] = run.Seconds / run.Iterations * 1e3;
            peak[round] = OnEveryProcessor(threads, MeasurePeak);
        }

        const string job = "an iteration against its floor";
        var measured = new Measurement(job, "MnistNet", "ms", iteration, "");
        var memory = new Measurement(job, "pixels from memory", "ms", floor, "");
        var cache = new Measurement(job, "pixels from the cache", "ms", cached, "");
        double used = nonZero * 2 * Lanes / (measured.Median * 1e-3) / 1e9;
        double possible = threads / peak.Order().ElementAt(rounds / 2) * Lanes;
        string machine = FormattableString.Invariant(
            $"{used:F0} of {possible:F0} G multiply-adds a second, {nonZero / 1e6:F2} M non-zero pixels");
        report.Add(
        [
            measured with { Note = machine },
            memory with { Note = Times(measured, memory) },
            cache with { Note = Times(measured, cache) },
        ]);
    }

    private static string Times(Measurement iteration, Measurement floor) =>
        FormattableString.Invariant($"the iteration takes {iteration.Median / floor.Median:F2}x as long");

    // The slowest of all processors, each doing the same at the same time.
    private static double OnEveryProcessor(int threads, Func<double> measure)
    {
        var results = new double[threads];
        Thread[] workers =
            [.. Enumerable.Range(0, threads).Select(i => new Thread(() => results[i] = measure()))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return results.Max();
    }

    // Nanoseconds a non-zero pixel, forward and back, once over all blocks.
    private double MeasureMemory()
    {
        using var loops = new FirstLayerLoops(train);
        loops.Run(0);
        long start = Stopwatch.GetTimestamp();
        for (int block = 0; block < loops.Blocks; block++)
        {
            loops.Run(block);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / loops.EntriesOf(loops.Blocks);
    }

    // The same over one block again and again; the best pass counts.
    private double MeasureCache()
    {
        using var loops = new FirstLayerLoops(train);
        double best = double.PositiveInfinity;
        for (int pass = 0; pass < Passes; pass++)
        {
            long start = Stopwatch.GetTimestamp();
            loops.Run(0);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return best / loops.EntriesOf(1);
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
