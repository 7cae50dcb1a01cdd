using System.Globalization;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Looks at a training or a measurement for what learners run into. A healthy one has no findings; the bounds are so
/// wide that what is found is worth a warning.
/// </summary>
public static class Diagnosis
{
    /// <summary>
    /// A unit whose slope is nowhere larger gives one value for all digits, and no blame reaches its weights.
    /// </summary>
    private const double DeadSlope = 1e-3;

    /// <summary>The least number of digits on which a lack of variety says something.</summary>
    private const int FewestDigits = 30;

    /// <summary>
    /// The gap between the two accuracies that is more than chance on a test set of a few hundred digits.
    /// </summary>
    private const double OverfittingGap = 0.1;

    /// <summary>The accuracy below which nothing has been learned by heart yet.</summary>
    private const double ByHeart = 0.8;

    /// <summary>What there is to say about a training.</summary>
    /// <param name="result">What the training gave.</param>
    /// <param name="train">The digits it learned from.</param>
    public static IReadOnlyList<TrainingDiagnostic> OfTraining(TrainingResult result, DigitSet train)
    {
        if (result.StopReason == StopReason.Diverged)
        {
            // What else is wrong with such a network follows from this.
            return [Diverged(result)];
        }

        ForwardPass pass = Sample(result.Network, train);
        int[] predictedCounts = new int[DigitSet.ClassCount];
        foreach (int predicted in pass.A[^1].ArgMax())
        {
            predictedCounts[predicted]++;
        }

        TrainingDiagnostic?[] found =
            [Exploded(result) ?? Stuck(result), DeadUnits(pass), OneClass(predictedCounts, train), Overfitting(result)];
        return [.. found.OfType<TrainingDiagnostic>()];
    }

    /// <summary>What there is to say about a measurement.</summary>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="data">The digits it was measured on.</param>
    public static IReadOnlyList<TrainingDiagnostic> OfEvaluation(Evaluation evaluation, DigitSet data)
    {
        int[] predictedCounts = [.. evaluation.Classes.Select(metrics => metrics.PredictedCount)];
        IEnumerable<TrainingDiagnostic?> dead = evaluation.Networks.Select(network => DeadUnits(Sample(network, data)));
        TrainingDiagnostic?[] found = [.. dead, OneClass(predictedCounts, data)];
        return [.. found.OfType<TrainingDiagnostic>()];
    }

    private static TrainingDiagnostic Diverged(TrainingResult result)
    {
        // With patience the best network is at hand, which is worth more than the last one before the explosion.
        bool isBest = result.Settings.Patience is not null
            && result.History.Any(row => row.Iteration == result.Iterations);
        return new TrainingDiagnostic(
            "Diverged",
            string.Create(CultureInfo.InvariantCulture,
                $"Training diverged: the loss was no longer a finite number, because the steps were too large. "
                + $"The {(isBest ? "network with the best validation loss" : "last finite network")} was kept, that of "
                + $"{result.Iterations:N0} {(result.Iterations == 1 ? "iteration" : "iterations")}. "
                + $"Try a smaller `Alpha`, such as {SmallerAlpha(result):G3}."));
    }

    private static TrainingDiagnostic? Exploded(TrainingResult result)
    {
        if (result.History.Count < 2)
        {
            return null;
        }

        // Any network starts near or below the loss of a bad guess; a loss far above both that and its own start was
        // driven there.
        HistoryRow first = result.History[0], worst = result.History.MaxBy(step => step.Loss)!;
        return worst.Loss > 5 && worst.Loss > 2 * first.Loss
            ? new TrainingDiagnostic(
                "LossExploded",
                string.Create(CultureInfo.InvariantCulture,
                    $"The loss rose from {first.Loss:F2} to {Short(worst.Loss)} at iteration {worst.Iteration:N0}: the "
                    + $"steps are so long that they leap over the valley. Try a smaller `Alpha`, such as "
                    + $"{SmallerAlpha(result):G3}."))
            : null;
    }

    // A tenth of what was too much, but no more than is usual: a tenth of a million is not advice.
    private static double SmallerAlpha(TrainingResult result) =>
        Math.Min(result.Alpha / 10, (result.Settings with { Alpha = null }).EffectiveAlpha);

    private static TrainingDiagnostic? Stuck(TrainingResult result)
    {
        if (result.History.Count < 10)
        {
            return null;
        }

        HistoryRow first = result.History[0], last = result.History[^1];
        double best = result.History.Min(step => step.Loss);
        return first.Loss - best < 0.01 * first.Loss && last.Accuracy < 0.5
            ? new TrainingDiagnostic(
                "LossStuck",
                string.Create(CultureInfo.InvariantCulture,
                    $"The loss hardly moved: {first.Loss:F4} at first, {last.Loss:F4} at the end; a guess among ten "
                    + $"costs 2.3026. The steps are too short, or all weights are the same. Try a larger `Alpha` (it "
                    + $"was {result.Alpha:G3}), more `Iterations`, or another `Initializer` than Zero."))
            : null;
    }

    private static TrainingDiagnostic? DeadUnits(ForwardPass pass)
    {
        if (pass.Count < FewestDigits)
        {
            return null;
        }

        for (int l = 0; l < pass.Z.Count - 1; l++)
        {
            Matrix slopes = pass.Z[l].Derivative(pass.Network.Activation);
            int units = slopes.RowCount;
            int dead = Enumerable.Range(0, units).Count(unit => slopes.Row(unit).Max() < DeadSlope);
            if (2 * dead > units)
            {
                return new TrainingDiagnostic(
                    "DeadUnits",
                    string.Create(CultureInfo.InvariantCulture,
                        $"{dead:N0} of {units:N0} units of hidden layer {l + 1} are dead: each gives the same for "
                        + $"every digit looked at, so it tells nothing and learns no more. Steps that were too long do "
                        + $"that, and weights that began at 0. Train afresh with a smaller `Alpha`, `Initializer` He, "
                        + $"or `Activation` LeakyReLU."));
            }
        }

        return null;
    }

    private static TrainingDiagnostic? OneClass(int[] predictedCounts, DigitSet data)
    {
        int total = predictedCounts.Sum(), most = predictedCounts.Max();
        bool isVaried = data.IsLabeled && data.LabelCounts.Max() < 0.8 * data.Count;
        return total >= FewestDigits && isVaried && most >= 0.99 * total
            ? new TrainingDiagnostic(
                "OneClass",
                string.Create(CultureInfo.InvariantCulture,
                    $"The network says {Array.IndexOf(predictedCounts, most)} for "
                    + $"{(most == total ? "every digit" : Invariant($"{most:N0} of {total:N0} digits"))}: it has "
                    + $"learned no "
                    + $"difference between them. Train with another `Alpha`, or longer if the loss was still falling; "
                    + $"a trace of one prediction shows where the differences are lost."))
            : null;
    }

    private static TrainingDiagnostic? Overfitting(TrainingResult result)
    {
        (double? held, string where) = result.TestAccuracy is double test
            ? (test, "test")
            : (result.ValidationAccuracy, "validation");
        return result.TrainAccuracy is double train && held is double accuracy
            && train > ByHeart && train - accuracy > OverfittingGap
            ? new TrainingDiagnostic(
                "Overfitting",
                string.Create(CultureInfo.InvariantCulture,
                    $"Accuracy is {train:F3} on the training digits but {accuracy:F3} on the {where} digits, which it "
                    + $"never saw: it has learned its digits by heart. Try more digits, fewer `Hidden` units, or "
                    + $"`WeightDecay` 0.001."))
            : null;
    }

    /// <summary>A loss as people read it: two decimals, or a power of ten where it has exploded that far.</summary>
    private static string Short(double loss) =>
        loss.ToString(loss < 1e4 ? "F2" : "0.0E+0", CultureInfo.InvariantCulture);

    /// <summary>
    /// Some digits from all over the set through the network: up to a thousand, fewer for a network so wide that it
    /// would be felt.
    /// </summary>
    private static ForwardPass Sample(Network network, DigitSet data)
    {
        int most = Math.Clamp(50_000_000 / network.ParameterCount, 50, 1000), count = Math.Min(most, data.Count);
        int[] positions = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))];
        return ForwardPropagation.Run(network, data.Select(positions));
    }
}
