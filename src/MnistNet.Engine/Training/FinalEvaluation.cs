namespace MnistNet;

/// <summary>
/// What comes after the last row: which parameters the result has, how good they are, and the result itself.
/// </summary>
internal static class FinalEvaluation
{
    // A user who has cancelled waits for nothing, but a quick look at what was learned is worth a moment.
    private static readonly TimeSpan MeasureAfterCancelling = TimeSpan.FromMilliseconds(100);

    // More weights times digits than this take longer: their figures would never come, and preparing for them takes
    // time too.
    private const long MostAfterCancelling = 50_000_000_000;

    /// <summary>Measures the network that came out, and sums up.</summary>
    /// <param name="run">The training, whose loop has ended.</param>
    /// <param name="reason">Why it has.</param>
    /// <param name="test">The digits to be judged by, or null.</param>
    /// <param name="settings">The settings it ran with.</param>
    /// <param name="cancellation">Leaves out what is not measured yet.</param>
    internal static TrainingResult Of(
        TrainingRun run, StopReason reason, DigitSet? test, TrainingSettings settings, CancellationToken cancellation)
    {
        using var brief = new CancellationTokenSource();
        if (reason == StopReason.Cancelled)
        {
            brief.CancelAfter(MeasureAfterCancelling);
            cancellation = brief.Token;
        }

        if (!run.ReturnToBest() && reason != StopReason.Diverged && !IsFinite(run.Parameters))
        {
            // The very last update may be the one that went too far: no loss after it told.
            reason = StopReason.Diverged;
            run.ReturnToFinite(cancellation);
        }

        (double Loss, double Accuracy)? onTrain = MeasureFinite(run, ref reason, cancellation);
        (double Loss, double Accuracy)? onValidation = run.MeasureValidation(cancellation);
        (double Loss, double Accuracy)? onTest = null;
        if (test is not null && IsWorthwhile(run, test, reason))
        {
            using SetMeasure measure = run.Measure(run.Start.See(test));
            onTest = measure.Of(run.Parameters, cancellation);
        }

        return new TrainingResult
        {
            Network = run.ToNetwork(),
            Alpha = settings.EffectiveAlpha,
            Iterations = run.StepsDone,
            TrainAccuracy = onTrain?.Accuracy,
            ValidationAccuracy = onValidation?.Accuracy,
            TestAccuracy = onTest?.Accuracy,
            Loss = onTrain?.Loss,
            TestLoss = onTest?.Loss,
            Seconds = run.Seconds,
            ImagesPerSecond = run.ImagesSeen / Math.Max(run.Seconds, 1e-9),
            StopReason = reason,
            Seed = settings.Seed,
            Settings = settings,
            IsFromScratch = run.Start.IsFresh,
            Data = run.Train.Name,
            History = run.History,
            Snapshots = run.FinishSnapshots(withEnd: reason != StopReason.Cancelled),
        };
    }

    private static bool IsWorthwhile(TrainingRun run, DigitSet set, StopReason reason)
        => reason != StopReason.Cancelled || (long)run.Start.ParameterCount * set.Count <= MostAfterCancelling;

    // Finite on the images of one step does not mean finite on all: then earlier parameters take their place.
    private static (double Loss, double Accuracy)? MeasureFinite(
        TrainingRun run, ref StopReason reason, CancellationToken cancellation)
    {
        if (!IsWorthwhile(run, run.Train, reason))
        {
            return null;
        }

        using SetMeasure measure = run.Measure(run.Train);
        (double Loss, double Accuracy)? measured = measure.Of(run.Parameters, cancellation);
        foreach (Action goBack in (ReadOnlySpan<Action>)[run.ReturnToRowStart, run.ReturnToStart])
        {
            if (measured is null || double.IsFinite(measured.Value.Loss))
            {
                break;
            }

            reason = StopReason.Diverged;
            goBack();
            measured = measure.Of(run.Parameters, cancellation);
        }

        return measured;
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
