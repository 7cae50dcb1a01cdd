namespace MnistNet;

/// <summary>Asks a network what digits are.</summary>
public static class Predictor
{
    /// <summary>The probability of each class for each digit: count × 10, digit after digit.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The digits; labels are not needed.</param>
    /// <param name="threads">The number of threads; null means one a processor. It never changes a result.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">The network does not fit the data.</exception>
    public static float[] GetProbabilities(Network network, DigitSet data, int? threads = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    /// <summary>A prediction for each digit, made as they are asked for; the computation is done at once, in blocks.</summary>
    /// <inheritdoc cref="GetProbabilities"/>
    public static IEnumerable<Prediction> Predict(Network network, DigitSet data, int? threads = null, CancellationToken cancellationToken = default)
    {
        float[] probabilities = GetProbabilities(network, data, threads, cancellationToken);
        for (int i = 0; i < data.Count; i++)
        {
            yield return new Prediction(
                data.IndexOf(i),
                data.IsLabeled ? data.Labels[i] : null,
                probabilities.AsSpan(i * network.Outputs, network.Outputs).ToArray());
        }
    }
}
