using System.Globalization;

namespace MnistNet;

/// <summary>About how long a sweep takes.</summary>
internal static class SweepEstimate
{
    private const double TrialSeconds = 0.5;

    /// <summary>
    /// Tries the first setting for half a second on all processors, and reckons that all others are like it.
    /// </summary>
    internal static TimeSpan Of(SweepPlan plan, DigitSet train, CancellationToken cancellationToken)
    {
        SweepRun first = plan[0];
        TrainingSettings settings =
            first.ToSettings() with { MaxSeconds = Math.Min(first.MaxSeconds ?? TrialSeconds, TrialSeconds) };
        TrainingResult trial = Trainer.Train(
            first.CreateNetwork(train.PixelCount, cancellationToken), train, null, settings, null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        double updates = settings.EffectiveIterations
            ?? settings.Epochs!.Value * Math.Ceiling((double)train.Count / settings.BatchSize!.Value);
        double seconds =
            trial.StopReason == StopReason.TimeLimit
                ? trial.Seconds / Math.Max(trial.Iterations, 1) * updates
                : trial.Seconds;
        return TimeSpan.FromSeconds(Math.Min(seconds * plan.Count, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    /// <summary>Such as <c>3 days</c>.</summary>
    internal static string Describe(TimeSpan time) => time switch
    {
        { TotalDays: > 700 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays / 365.25:N0} years"),
        { TotalDays: > 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:N0} days"),
        { TotalHours: > 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:N0} hours"),
        { TotalMinutes: > 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:N0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N0} seconds"),
    };
}
