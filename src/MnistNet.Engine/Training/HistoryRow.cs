namespace MnistNet;

/// <summary>
/// One row of a training's history: an iteration of full-batch training, or an epoch of mini-batches.
/// </summary>
public sealed class HistoryRow : IEquatable<HistoryRow>
{
    /// <summary>Takes the values, in the order of the properties.</summary>
    public HistoryRow(
        int iteration,
        int epoch,
        double loss,
        double accuracy,
        double? validationLoss,
        double? validationAccuracy,
        double learningRate,
        double gradientNorm,
        double seconds)
    {
        Iteration = iteration;
        Epoch = epoch;
        Loss = loss;
        Accuracy = accuracy;
        ValidationLoss = validationLoss;
        ValidationAccuracy = validationAccuracy;
        LearningRate = learningRate;
        GradientNorm = gradientNorm;
        Seconds = seconds;
    }

    /// <summary>The number of updates done before this row's loss was computed, plus one: 1 for the first.</summary>
    public int Iteration { get; init; }

    /// <summary>The number of passes over the training set, counted from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>The mean loss over the images of this row, before their updates.</summary>
    public double Loss { get; init; }

    /// <summary>The share of the images of this row that were recognised, before their updates.</summary>
    public double Accuracy { get; init; }

    /// <summary>The mean loss on the validation share; null without one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The accuracy on the validation share; null without one.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>α of the last update of this row.</summary>
    public double LearningRate { get; init; }

    /// <summary>The Euclidean length of the last gradient of this row, all parameters together.</summary>
    public double GradientNorm { get; init; }

    /// <summary>The time since training began.</summary>
    public double Seconds { get; init; }

    /// <summary>Such as <c>iteration 700: loss 0.3162, accuracy 0.9107</c>.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"iteration {Iteration:N0}: loss {Loss:F4}, accuracy {Accuracy:F4}");

    /// <summary>Whether the other row has the same numbers.</summary>
    public bool Equals(HistoryRow? other) => other is not null && Numbers.Equals(other.Numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HistoryRow);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.GetHashCode();

    private (int, int, double, double, double?, double?, double, double, double) Numbers
        => (Iteration, Epoch, Loss, Accuracy, ValidationLoss, ValidationAccuracy, LearningRate, GradientNorm, Seconds);
}
