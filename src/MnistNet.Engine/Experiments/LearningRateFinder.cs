using MnistNet.Kernels;

namespace MnistNet;

/// <summary>
/// The learning-rate range test (L. Smith, "Cyclical learning rates for training neural networks", 2017): mini-batch
/// steps with an α that grows from one to the next, until the loss explodes. Where the loss falls most steeply, α is
/// good.
/// </summary>
public static class LearningRateFinder
{
    /// <summary>The share of the past in the smoothed loss.</summary>
    private const double Smoothing = 0.9;

    /// <summary>The test ends when the smoothed loss is this many times its least value.</summary>
    private const double Explosion = 4;

    private const int UsualBatch = 128;

    /// <summary>Runs the test on a copy of a network.</summary>
    /// <param name="network">The network to begin with; it is not changed.</param>
    /// <param name="train">The digits to learn from; they need labels.</param>
    /// <param name="settings">Optimiser, batch size (128, or the whole of a smaller set, when it has none) and seed; α
    /// and schedule play no part.</param>
    /// <param name="minimum">The first α.</param>
    /// <param name="maximum">The last α, unless the loss explodes before.</param>
    /// <param name="steps">The number of steps, at least 10.</param>
    /// <param name="cancellationToken">Ends the test with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="SettingException">A setting is out of its range.</exception>
    /// <exception cref="ShapeException">The network does not fit the data, or labels are missing.</exception>
    public static IReadOnlyList<LearningRateTrial> Find(
        Network network,
        DigitSet train,
        TrainingSettings settings,
        double minimum,
        double maximum,
        int steps,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(settings);
        train.RequireLabels();
        train = network.See(train);
        if (!(minimum > 0 && maximum > minimum && double.IsFinite(maximum)))
        {
            throw new SettingException("Maximum",
                $"The range from {minimum} to {maximum} was asked for; α grows from a positive number to a larger one, "
                + $"such as 1e-5 to 10.");
        }

        SettingCatalog.Alpha.Require(minimum, "Minimum");
        SettingCatalog.Alpha.Require(maximum, "Maximum");
        if (steps < 10)
        {
            throw new SettingException("Steps",
                $"{steps} steps were asked for; a range test needs at least 10 to show a slope.");
        }

        int batch = settings.BatchSize ?? Math.Min(UsualBatch, train.Count);
        settings = settings with { BatchSize = batch, Iterations = steps, Epochs = null };
        TrainingSettingsCheck.Check(settings, train);
        return Suggest(Steps(network, train, settings, minimum, maximum, steps, cancellationToken), steps);
    }

    private static List<LearningRateTrial> Steps(
        Network network,
        DigitSet train,
        TrainingSettings settings,
        double minimum,
        double maximum,
        int count,
        CancellationToken cancellationToken)
    {
        using var team = new WorkerTeam(settings.Threads ?? WorkerTeam.DefaultSize);
        using var steps = new TrainingSteps(network, train, settings, team, cancellationToken);
        var trials = new List<LearningRateTrial>();
        double average = 0, least = double.PositiveInfinity;
        for (int step = 0; step < count; step++)
        {
            double alpha = SweepAxis.ToThreeDigits(minimum * Math.Pow(maximum / minimum, (double)step / (count - 1)));
            int images = steps.NextCount;
            StepOutcome outcome = steps.Take(alpha, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            double loss = outcome.LossSum / images;
            if (!double.IsFinite(loss))
            {
                break;
            }

            // The average of the past is corrected for its empty beginning, as Adam corrects its moments.
            average = (Smoothing * average) + ((1 - Smoothing) * loss);
            double smoothed = average / (1 - Math.Pow(Smoothing, step + 1));
            least = Math.Min(least, smoothed);
            trials.Add(new LearningRateTrial(step + 1, alpha, loss, smoothed, false));
            if (smoothed > Explosion * least)
            {
                break;
            }
        }

        return trials;
    }

    /// <summary>
    /// Marks the step before the least loss at which it falls most steeply per factor of α, as a line through a tenth
    /// of the steps tells. The first tenth is passed over: its average is still of few batches.
    /// </summary>
    private static List<LearningRateTrial> Suggest(List<LearningRateTrial> trials, int steps)
    {
        if (trials.Count == 0)
        {
            return trials;
        }

        int reach = Math.Max(1, steps / 20);
        int end = trials.IndexOf(trials.MinBy(trial => trial.SmoothedLoss)!);
        int best = -1;
        double steepest = 0;
        for (int i = 3 * reach; i + reach <= end; i++)
        {
            LearningRateTrial before = trials[i - reach], after = trials[i + reach];
            double slope = (after.SmoothedLoss - before.SmoothedLoss) / Math.Log(after.Alpha / before.Alpha);
            if (slope < steepest)
            {
                (steepest, best) = (slope, i);
            }
        }

        if (best >= 0)
        {
            trials[best] = trials[best] with { IsSuggested = true };
        }

        return trials;
    }
}
