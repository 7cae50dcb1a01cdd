using MnistNet.Kernels;

namespace MnistNet;

/// <summary>Asks a network what digits are.</summary>
public static class Predictor
{
    // Below this many images a second thread costs more than it saves.
    private const int ImagesPerThread = 512;

    /// <summary>The probability of each class for each digit: count × 10, digit after digit.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The digits; labels are not needed.</param>
    /// <param name="threads">The number of threads; null means one a processor. It never changes a result.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">The network does not fit the data.</exception>
    public static float[] GetProbabilities(
        Network network, DigitSet data, int? threads = null, CancellationToken cancellationToken = default)
        => GetAnswers(network, data, threads, cancellationToken).Probabilities;

    /// <summary>A prediction for each digit.</summary>
    /// <inheritdoc cref="GetProbabilities"/>
    public static IEnumerable<Prediction> Predict(
        Network network, DigitSet data, int? threads = null, CancellationToken cancellationToken = default)
        => Predict([network], data, threads, cancellationToken);

    /// <summary>A prediction for each digit, by several networks together.</summary>
    /// <param name="networks">The networks, whose log-probabilities are averaged.</param>
    /// <param name="data">The digits; labels are not needed.</param>
    /// <param name="threads">The number of threads; null means one a processor. It never changes a result.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">The networks do not fit the data, or each other.</exception>
    public static IEnumerable<Prediction> Predict(
        IReadOnlyList<Network> networks,
        DigitSet data,
        int? threads = null,
        CancellationToken cancellationToken = default)
    {
        Answers answers = GetAnswers(networks, data, threads, cancellationToken);
        string name = Ensemble.Name(networks);
        return Enumerable.Range(0, data.Count).Select(i => new Prediction(
            data.IndexOf(i),
            data.IsLabeled ? data.Labels[i] : null,
            answers.Predicted(i),
            answers.Of(i).ToArray(),
            data.IsLabeled ? answers.Losses[i] : null,
            data.Sources?[i],
            data.Name,
            name));
    }

    /// <summary>What one network says, or the mean of what several say.</summary>
    internal static Answers GetAnswers(
        IReadOnlyList<Network> networks, DigitSet data, int? threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(networks);
        Ensemble.RequireOne(networks);
        Answers[] each = [.. networks.Select(network => GetAnswers(network, data, threads, cancellationToken))];
        return each is [Answers only] ? only : Ensemble.Average(each, data);
    }

    /// <summary>The probabilities of each digit, and with labels their losses.</summary>
    /// <inheritdoc cref="GetProbabilities"/>
    internal static Answers GetAnswers(
        Network network, DigitSet data, int? threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        data = network.See(data);
        if (threads is < 1 or > WorkerTeam.MaximumSize)
        {
            throw new SettingException("Threads",
                $"Threads is {threads}: 1 to {WorkerTeam.MaximumSize} threads can be used.");
        }

        using var team = new WorkerTeam(Math.Clamp(data.Count / ImagesPerThread, 1, threads ?? WorkerTeam.DefaultSize));
        using var kernel = new InferenceKernel(network, data, team);
        return kernel.Answer(cancellationToken);
    }
}
