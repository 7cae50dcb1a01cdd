using System.Management.Automation;
using System.Management.Automation.Runspaces;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>
/// Trains a network for each setting of a grid, here or on other machines, and gives a row for each run as it ends.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "TrainingSweep", SupportsShouldProcess = true, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(SweepRun))]
public sealed partial class InvokeTrainingSweepCommand : DigitDataCommand
{
    /// <summary>A sweep of more runs is probably a slip, and needs -Force.</summary>
    private const int LargeSweep = 1000;

    /// <summary>
    /// How many random settings to draw, in place of the whole grid: two numbers are the ends of a range to draw from.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int Random { get; set; }

    /// <summary>The same seed draws the same random settings.</summary>
    [Parameter]
    [NumberTransformation]
    public int RandomSeed { get; set; }

    /// <summary>How many runs at once in this process.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1, 1024)]
    public int ThrottleLimit { get; set; }

    /// <summary>The number of threads of each run. It never changes a result.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int Threads { get; set; }

    /// <summary>
    /// A CSV file that each row is appended to as its run ends; runs that are in it already are not done again.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ResultPath { get; set; } = "";

    /// <summary>Which shard of the sweep to do, 1 to -Of.</summary>
    [Parameter]
    [NumberTransformation]
    public int Index { get; set; } = 1;

    /// <summary>How many shards the sweep is cut into.</summary>
    [Parameter]
    [NumberTransformation]
    public int Of { get; set; } = 1;

    /// <summary>PowerShell sessions on other machines that do the runs, one run at a time each.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSSession[] Session { get; set; } = [];

    /// <summary>
    /// Keeps the network of the best run in its row: by validation accuracy, or where nothing is held out for
    /// validation by test accuracy, with a warning.
    /// </summary>
    [Parameter]
    public SwitchParameter KeepBest { get; set; }

    /// <summary>Begins a very large sweep without objection.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessData(DigitData data)
    {
        DigitSet train = data.Train;
        DigitSet? test = data.HeldOut;
        train.RequireLabels();
        SweepPlan plan = CreatePlan();
        long[] positions = RequireReasonable(plan, train);
        string work = Quantity.Count(positions.Length, "run");
        if (!ShouldProcess(ResultPath.Length > 0 ? ResultPath : train.ToString(), $"Do a sweep of {work}"))
        {
            return;
        }

        string fingerprint = SweepRunner.FingerprintOf(train, test);
        try
        {
            using SweepResultFile? file = ResultPath.Length == 0
                ? null
                : SweepResultFile.Open(FileSystemPaths.Resolve(SessionState, ResultPath), plan, fingerprint);
            Dictionary<string, SweepRun> done = (file?.Rows ?? [])
                .GroupBy(SweepColumns.KeyOf)
                .ToDictionary(group => group.Key, group => group.First());
            SweepRun[] all = [.. positions.Select(position => plan[position].With(row =>
            {
                row.Data = train.Name;
                row.DataFingerprint = fingerprint;
                row.Varying = [.. plan.Varying.Where(name => name != nameof(SweepRun.Seed))];
            }))];
            SweepRun[] runs = [.. all.Where(run => !done.ContainsKey(SweepColumns.KeyOf(run)))];
            var best = new BestRun();
            foreach (SweepRun run in all.Except(runs))
            {
                SweepRun row = done[SweepColumns.KeyOf(run)];
                best.Observe(row);
                row.Varying = run.Varying;
                WriteObject(row);
            }

            Announce(plan, all.Length, runs.Length);
            if (runs.Length > 0)
            {
                Sweep(runs, train, test, file, best);
            }

            if (KeepBest)
            {
                Complete(best, train);
            }
        }
        catch (Exception exception) when (ErrorRecords.IsExpected(exception))
        {
            // A run that fails is a row; what comes here concerns the whole sweep.
            ThrowTerminatingError(ErrorRecords.Create(exception, ResultPath));
        }
    }

    private void Sweep(SweepRun[] runs, DigitSet train, DigitSet? test, SweepResultFile? file, BestRun best)
    {
        var progress = new SweepProgress(runs.Length);
        int done = 0;
        try
        {
            Run("Sweeping", Work, progress.Describe);
        }
        catch (OperationCanceledException) when (Stopping)
        {
            TellHowItGoesOn(done, runs.Length);
            throw;
        }

        bool Work(PipelineMessages messages)
        {
            foreach (SweepRun row in Rows(runs, train, test, messages))
            {
                progress.Observe(row);
                best.Observe(row);
                row.Varying = runs[0].Varying;
                // First to the user: a row that the file has no room for must not be lost.
                messages.Output(row);
                file?.Append(row);
                done++;
            }

            return true;
        }
    }

    /// <summary>
    /// A stopped pipeline takes no more output, and its warnings are lost too: the host is told directly.
    /// </summary>
    private void TellHowItGoesOn(int done, int all) => Host.UI.WriteWarningLine(
        Invariant($"The sweep was stopped after {done:N0} of {Quantity.Count(all, "run")}. ")
        + (ResultPath.Length > 0
            ? $"Their rows are in {ResultPath}: the same command goes on from there."
            : "The same command would begin anew; with -ResultPath it goes on where it was stopped."));

    /// <summary>Sees to it that the best row has its network, and says by which figure it is the best.</summary>
    private void Complete(BestRun best, DigitSet train)
    {
        bool isSame = Run("Training the best run again", _ => best.Complete(train, CancellationToken));
        if (best.Row is null)
        {
            return;
        }

        WriteVerbose($"The best run by {best.Figure} keeps its network: {best.Row}.");
        if (best.Figure == nameof(SweepRun.TestAccuracy))
        {
            WriteWarning(
                "The best run was chosen by its test accuracy, which promises too much of a network chosen by it. "
                + "With -ValidationFraction, runs are judged by digits held out for that.");
        }

        if (!isSame)
        {
            WriteWarning(
                "The best run was trained again, because it ran elsewhere or earlier, and its network is another one: "
                + "runs with a time limit do not repeat to the bit.");
        }
    }

    private IEnumerable<SweepRun> Rows(SweepRun[] runs, DigitSet train, DigitSet? test, PipelineMessages messages)
    {
        if (Session.Length == 0)
        {
            (int atOnce, int threads) = Share(runs.Length);
            return SweepRunner.Run(runs, train, test, atOnce, threads, KeepBest, CancellationToken);
        }

        LostConnectionGuard.Set();
        var data = new CompressedSweepData(train, test);
        SweepWorker[] workers = [.. Session.Select(
            session => new RemoteSweepWorker(session, data, Threads, messages).ToWorker())];
        return SweepRunner.Run(
            runs,
            workers,
            worker => messages.Warning(
                $"{worker.Name} is out of the sweep; its run is given to another. {worker.Loss!.Message}"),
            CancellationToken);
    }

    /// <summary>
    /// How many runs at once and how many threads for each, so that together they have a thread a processor.
    /// </summary>
    private (int AtOnce, int Threads) Share(int runs)
    {
        int processors = Environment.ProcessorCount;
        int threads = MyInvocation.BoundParameters.ContainsKey(nameof(Threads)) ? Threads : 0;
        int atOnce = Math.Min(runs, ThrottleLimit > 0 ? ThrottleLimit : Math.Max(1, processors / Math.Max(threads, 1)));
        return (atOnce, threads > 0 ? threads : Math.Max(1, processors / atOnce));
    }

    private void Announce(SweepPlan plan, int all, int left)
    {
        string shard = Of > 1 ? Invariant($" (shard {Index} of {Of})") : "";
        string kept = all > left ? Invariant($"; {all - left:N0} of them are in {ResultPath} already") : "";
        string varying = plan.Varying.Count == 0 ? "one setting" : string.Join(", ", plan.Varying);
        WriteVerbose($"{Quantity.Count(all, "run")}{shard} over {varying}{kept}.");
        if (left > 0 && Session.Length == 0)
        {
            (int atOnce, int threads) = Share(left);
            WriteVerbose($"{Quantity.Count(atOnce, "run")} at once, with {Quantity.Count(threads, "thread")} each.");
        }
    }

    /// <summary>The positions of the runs to do, unless there are more than anybody means without saying so.</summary>
    private long[] RequireReasonable(SweepPlan plan, DigitSet train)
    {
        IEnumerable<long> positions = plan.Shard(Index, Of);
        if (Force || plan.Count / Of <= LargeSweep)
        {
            return [.. positions];
        }

        TimeSpan time = SweepEstimate.Of(plan, train, CancellationToken) / Of / Math.Max(Session.Length, 1);
        throw new SettingException(
            nameof(Force),
            Invariant($"The sweep has {plan.Count / Of:N0} runs, ")
                + $"which would take about {SweepEstimate.Describe(time)}, "
                + "as far as a short trial of its first setting tells. "
                + "Give fewer values, draw some with -Random, or add -Force.",
            "SweepTooLarge");
    }
}
