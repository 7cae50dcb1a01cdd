using System.Collections.Concurrent;

namespace MnistNet.Tests;

public sealed class SweepRunnerTests
{
    private static readonly SweepRun[] Runs = [.. Enumerable.Range(0, 20).Select(seed => new SweepRun { Seed = seed })];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    public void Each_run_gives_one_row_however_many_run_at_once(int workers)
    {
        SweepRun[] rows = [.. Sweep(workers, (run, _) => run.With(row => row.TestAccuracy = run.Seed / 100.0))];

        Assert.Equal(
            Runs.Select(run => run.With(row => row.TestAccuracy = run.Seed / 100.0)), rows.OrderBy(row => row.Seed));
    }

    [Fact]
    public void Rows_come_as_their_runs_end_and_not_in_the_order_of_the_grid()
    {
        using var release = new ManualResetEventSlim();
        IEnumerable<SweepRun> rows = Sweep(2, (run, stop) =>
        {
            if (run.Seed == 0)
            {
                release.Wait(stop);
            }

            return run;
        });

        var seeds = new List<int>();
        foreach (SweepRun row in rows)
        {
            seeds.Add(row.Seed);
            if (seeds.Count == Runs.Length - 1)
            {
                release.Set();
            }
        }

        Assert.Equal(0, seeds[^1]);
    }

    [Fact]
    public void A_run_that_fails_is_a_row_and_the_others_go_on()
    {
        SweepRun[] rows =
            [.. Sweep(3, (run, _) => run.Seed == 7 ? throw new SettingException("Alpha", "Alpha is\nwrong.") : run)];

        Assert.Equal(20, rows.Length);
        SweepRun failed = Assert.Single(rows, row => row.Error.Length > 0);
        Assert.Equal((7, "Alpha is wrong."), (failed.Seed, failed.Error));
    }

    [Fact]
    public void Whoever_takes_only_the_first_row_stops_the_others()
    {
        int begun = 0;

        SweepRun first = Sweep(2, (run, stop) =>
        {
            if (Interlocked.Increment(ref begun) > 1)
            {
                stop.WaitHandle.WaitOne();
                stop.ThrowIfCancellationRequested();
            }

            return run;
        }).First();

        Assert.Equal(0, first.Seed + first.Error.Length);
        Assert.InRange(begun, 1, 3);
    }

    [Fact]
    public void Cancelling_ends_the_sweep_and_gives_no_row_for_what_is_not_done()
    {
        using var cancel = new CancellationTokenSource();
        var rows = new List<SweepRun>();

        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (SweepRun row in Sweep(2, Run, cancel.Token))
            {
                rows.Add(row);
            }
        });

        Assert.All(rows, row => Assert.Equal("", row.Error));
        Assert.InRange(rows.Count, 3, 4);

        SweepRun Run(SweepRun run, CancellationToken stop)
        {
            if (run.Seed == 4)
            {
                cancel.Cancel();
            }
            else if (run.Seed > 4)
            {
                // The other worker may be far ahead before the one that cancels has its turn.
                stop.WaitHandle.WaitOne();
            }

            stop.ThrowIfCancellationRequested();
            return run;
        }
    }

    [Fact]
    public void A_lost_worker_gives_its_run_to_the_others()
    {
        var lost = new List<string>();
        using var taken = new ManualResetEventSlim();
        SweepWorker mortal = new("mortal", (run, stop) =>
        {
            taken.Set();
            throw new SweepException("SessionLost", "gone");
        });
        var steady = new SweepWorker("steady", (run, stop) =>
        {
            taken.Wait(stop);
            return run;
        });

        SweepRun[] rows = [.. Sweep([mortal, steady], worker => lost.Add($"{worker.Name} {worker.Loss!.Message}"))];

        Assert.Equal(Runs, rows.OrderBy(row => row.Seed));
        Assert.Equal(["mortal gone"], lost);
    }

    [Fact]
    public void A_run_lost_at_the_very_end_is_done_by_a_worker_that_waited()
    {
        using var others = new CountdownEvent(Runs.Length - 1);
        SweepWorker mortal = new("mortal", (run, stop) =>
        {
            others.Wait(stop);
            throw new SweepException("SessionLost", "gone");
        });
        int done = 0;
        var steady = new SweepWorker("steady", (run, stop) =>
        {
            if (Interlocked.Increment(ref done) < Runs.Length)
            {
                others.Signal();
            }

            return run;
        });

        Assert.Equal(Runs, Sweep([mortal, steady]).OrderBy(row => row.Seed));
    }

    [Fact]
    public void When_all_workers_are_lost_the_sweep_ends_with_an_error_after_the_rows_it_has()
    {
        var rows = new ConcurrentBag<SweepRun>();
        SweepWorker Mortal(string name) => new(
            name, (run, _) => run.Seed < 10 ? run : throw new SweepException("SessionLost", $"{name} is gone"));

        SweepException exception = Assert.Throws<SweepException>(() =>
        {
            foreach (SweepRun row in Sweep([Mortal("a"), Mortal("b")]))
            {
                rows.Add(row);
            }
        });

        Assert.Equal("AllWorkersLost", exception.ErrorId);
        Assert.Contains("is gone", exception.Message, StringComparison.Ordinal);
        Assert.Equal(10, rows.Count);
    }

    private static IEnumerable<SweepRun> Sweep(
        int workers, Func<SweepRun, CancellationToken, SweepRun> doRun, CancellationToken? cancellationToken = null)
        => Sweep(
            [.. Enumerable.Range(1, workers).Select(number => new SweepWorker($"worker {number}", doRun))],
            null,
            cancellationToken);

    private static IEnumerable<SweepRun> Sweep(
        SweepWorker[] workers, Action<SweepWorker>? onLost = null, CancellationToken? cancellationToken = null)
        => SweepRunner.Run(Runs, workers, onLost, cancellationToken ?? TestContext.Current.CancellationToken);
}
