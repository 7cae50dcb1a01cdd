using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Trains a copy of a network, or a fresh one, and tells how it went.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Training", SupportsShouldProcess = true, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(TrainingResult), typeof(HistoryRow))]
public sealed partial class InvokeTrainingCommand : DigitDataCommand
{
    /// <summary>The global variable that keeps what was learned when a training is stopped.</summary>
    internal const string InterruptedVariable = "InterruptedTraining";

    /// <summary>
    /// The network to begin with, which is not changed: one from New-Network or Import-Network, the result of an
    /// earlier training,
    /// or the path of a network's file. Without it, a fresh one is made.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NetworkTransformation]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public Network? Network { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        GivenSettings given = TypedSettings;
        given.RequireUse(given.ToTraining());
        RequireCheckpointPath();
    }

    private protected override void ProcessData(DigitData data)
    {
        DigitSet train = data.Train;
        Network network = Network ?? MakeNetwork(train);
        if (Network is not null)
        {
            RequireNoneOfANewNetwork();
        }

        if (!ShouldProcess(CheckpointPath.Length > 0 ? CheckpointPath : train.ToString(), $"Train {network}"))
        {
            return;
        }

        TrainingSettings settings = GivenSettings.ToTraining();
        Announce(network, data, settings);
        TrainingResult result = Run(
            $"Training {network.Shape}",
            network,
            train,
            data.HeldOut,
            settings);
        if (Stopping)
        {
            KeepInterrupted(result);
            return;
        }

        string steps = Quantity.Count(result.Iterations, "iteration");
        string pace = Invariant($"{result.Seconds:F2} s, {result.ImagesPerSecond:N0} images a second");
        WriteVerbose($"{result.StopReason} after {steps} and {pace}.");
        foreach (TrainingDiagnostic diagnostic in Diagnosis.OfTraining(result, train))
        {
            WriteWarning(ParameterNames.In(diagnostic.Message));
        }

        if (ResultVariable.Length > 0)
        {
            SessionState.PSVariable.Set(ResultVariable, result);
        }

        if (!StreamHistory)
        {
            WriteObject(result);
        }
    }

    private TrainingResult Run(
        string activity, Network network, DigitSet train, DigitSet? test, TrainingSettings settings)
    {
        var progress = new TrainingProgress(
            settings, hasCurve: !Live && HostScreen.FactsOf(Host, SessionState).IsUnicode);
        CheckpointSettings? checkpoints = CreateCheckpoints();
        using LiveView? live = CreateLiveView(progress);
        return Run(
            activity,
            messages => Trainer.Train(
                network,
                train,
                test,
                settings,
                WithWarning(checkpoints, messages),
                step => Observe(step, progress, messages),
                live is null ? null : live.Observe,
                CancellationToken),
            live is null ? progress.Describe : live.Draw);
    }

    private Network MakeNetwork(DigitSet train)
    {
        GivenSettings given = GivenSettings;
        Network network = given.CreateNetwork(train.PixelCount, CancellationToken);
        WriteVerbose(Invariant(
            $"Made {network}: {network.ParameterCount:N0} parameters, {given.Initializer}, seed {given.Seed}."));
        return network;
    }

    private void Announce(Network network, DigitData data, TrainingSettings settings)
    {
        string length = settings.Epochs is int epochs
            ? Quantity.Count(epochs, "epoch")
            : Quantity.Count(settings.EffectiveIterations!.Value, "iteration");
        string batch = settings.BatchSize is int size ? Invariant($"batches of {size:N0}") : "full batch";
        string judged = data.HeldOut is DigitSet test ? $", testing once on {test}" : "";
        string rate = Invariant($"{settings.Schedule} learning rate {settings.EffectiveAlpha}");
        string threads = Quantity.Count(settings.Threads ?? Environment.ProcessorCount, "thread");
        WriteVerbose($"Training {network} on {data.Train}{judged}.");
        WriteVerbose(Invariant(
            $"{settings.Optimizer}, {rate}, {length}, {batch}, seed {settings.Seed}, {threads}."));
    }

    /// <summary>
    /// A stopped pipeline takes no more output, so the result goes where it can still be found. The host is told
    /// directly,
    /// since the warning stream is closed too.
    /// </summary>
    private void KeepInterrupted(TrainingResult result)
    {
        SessionState.PSVariable.Set("global:" + InterruptedVariable, result);
        string onward = (CheckpointPath.Length, _checkpointFault) switch
        {
            (0, _) => "",
            (_, null) => " The same command with -Resume goes on from the checkpoint.",
            (_, Exception fault) => $" The checkpoint could not be written: {fault.Message}",
        };
        Host.UI.WriteWarningLine(
            $"Training was stopped after {Quantity.Count(result.Iterations, "iteration")}. "
            + $"What was learned is in ${InterruptedVariable}.{onward}");
    }
}
