using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace MnistNet;

/// <summary>
/// Does the runs of a sweep, several at once. What a run gives does not depend on how many run beside it, or where.
/// </summary>
public static class SweepRunner
{
    /// <summary>
    /// Does runs in this process and gives each row as its run ends. All share one copy of the data, and the threads
    /// are divided among them. A run that fails is a row with an <see cref="SweepRun.Error"/>.
    /// </summary>
    /// <param name="runs">The settings to run.</param>
    /// <param name="train">The digits to learn from.</param>
    /// <param name="test">The digits to be judged by, or null.</param>
    /// <param name="throttleLimit">How many runs at once.</param>
    /// <param name="threads">The number of threads of each run.</param>
    /// <param name="keepNetworks">Whether rows come with their networks, for a <see cref="BestRun"/> to choose
    /// from.</param>
    /// <param name="cancellationToken">Ends the sweep with an <see cref="OperationCanceledException"/>; runs that are
    /// not done give no row.</param>
    public static IEnumerable<SweepRun> Run(
        IEnumerable<SweepRun> runs,
        DigitSet train,
        DigitSet? test,
        int throttleLimit,
        int threads,
        bool keepNetworks = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(throttleLimit);
        SweepWorker[] workers =
            [.. Enumerable.Range(1, throttleLimit).Select(number => new SweepWorker($"worker {number}", RunHere))];
        return Run(runs, workers, null, cancellationToken);

        SweepRun RunHere(SweepRun run, CancellationToken stop)
        {
            TrainingResult result = Trainer.Train(
                run.CreateNetwork(train.PixelCount, stop), train, test, run.ToSettings(threads), null, stop);
            stop.ThrowIfCancellationRequested();
            SweepRun row = run.With(result).With(done => done.Host = Environment.MachineName);
            if (!keepNetworks)
            {
                row.Network = null;
            }

            return row;
        }
    }

    /// <summary>What tells the data of a sweep from other data.</summary>
    public static string FingerprintOf(DigitSet train, DigitSet? test)
    {
        ArgumentNullException.ThrowIfNull(train);
        byte[] both = Encoding.ASCII.GetBytes(train.GetFingerprint() + test?.GetFingerprint());
        return Convert.ToHexStringLower(SHA256.HashData(both))[..16];
    }

    /// <summary>Does runs on the given workers and gives each row as its run ends.</summary>
    /// <param name="runs">The settings to run.</param>
    /// <param name="workers">Who does them.</param>
    /// <param name="onLost">Told of a worker that is lost, on the thread that asks for rows.</param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    /// <exception cref="SweepException">All workers are lost and runs are left.</exception>
    internal static IEnumerable<SweepRun> Run(
        IEnumerable<SweepRun> runs,
        IReadOnlyList<SweepWorker> workers,
        Action<SweepWorker>? onLost,
        CancellationToken cancellationToken)
    {
        // A caller that stops asking for rows stops the runs.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var queue = new SweepQueue(runs);
        using CancellationTokenRegistration closing = stop.Token.Register(queue.Close);
        using var events = new BlockingCollection<(SweepRun? Row, SweepWorker Worker)>();
        Task[] tasks = [.. workers.Select(worker => Task.Factory.StartNew(
            () =>
            {
                worker.Work(queue, row => events.Add((row, worker), CancellationToken.None), stop.Token);
                if (worker.Loss is not null)
                {
                    events.Add((null, worker), CancellationToken.None);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Task end = Task.WhenAll(tasks).ContinueWith(_ => events.CompleteAdding(), TaskScheduler.Default);
        try
        {
            foreach ((SweepRun? row, SweepWorker worker) in events.GetConsumingEnumerable(CancellationToken.None))
            {
                if (row is not null)
                {
                    yield return row;
                }
                else
                {
                    onLost?.Invoke(worker);
                }
            }

            Task.WaitAll(tasks, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (queue.HasRunsLeft())
            {
                throw new SweepException("AllWorkersLost",
                    $"No worker is left for the remaining runs. The rows so far are whole. The last loss: "
                    + $"{workers[^1].Loss?.Message}", workers[^1].Loss);
            }
        }
        finally
        {
            stop.Cancel();
            end.Wait(CancellationToken.None);
        }
    }
}
