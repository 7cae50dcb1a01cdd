namespace MnistNet;

/// <summary>
/// One row of a training's history: an iteration of full-batch training, or an epoch of mini-batches.
/// </summary>
/// <param name="Iteration">The number of updates done before this row's loss was computed, plus one: 1 for the
/// first.</param>
/// <param name="Epoch">The number of passes over the training set, counted from 1.</param>
/// <param name="Loss">The mean loss over the images of this row, before their updates.</param>
/// <param name="Accuracy">The share of the images of this row that were recognised, before their updates.</param>
/// <param name="ValidationLoss">The mean loss on the validation share; null without one.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation share; null without one.</param>
/// <param name="LearningRate">α of the last update of this row.</param>
/// <param name="GradientNorm">The Euclidean length of the last gradient of this row, all parameters together.</param>
/// <param name="Seconds">The time since training began.</param>
public sealed record HistoryRow(
    int Iteration,
    int Epoch,
    double Loss,
    double Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double GradientNorm,
    double Seconds)
{
    /// <summary>Such as <c>iteration 700: loss 0.3162, accuracy 0.9107</c>.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"iteration {Iteration:N0}: loss {Loss:F4}, accuracy {Accuracy:F4}");
}
