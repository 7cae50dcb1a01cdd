using System.Globalization;

namespace MnistNet;

/// <summary>How good a network is on a set of labelled digits.</summary>
public sealed class Evaluation
{
    internal Evaluation(IReadOnlyList<Network> networks, string data, ConfusionMatrix confusion, double loss)
    {
        Networks = new RowList<Network>([.. networks]);
        Data = data;
        Count = confusion.Total;
        Correct = confusion.Correct;
        Loss = loss;
        Confusion = confusion;
        Classes = new RowList<ClassMetrics>(confusion.GetClasses(data));
        MostConfused = new RowList<ConfusedPair>(confusion.GetMostConfused(10, data));
    }

    /// <summary>The network that was measured; null for an ensemble.</summary>
    public Network? Network => Networks is [Network only] ? only : null;

    /// <summary>
    /// What was measured: the network's file name, or its shape and fingerprint; of an ensemble, all.
    /// </summary>
    public string NetworkName => Ensemble.Name(Networks);

    /// <summary>The networks that were measured: one, or those of an ensemble.</summary>
    public IReadOnlyList<Network> Networks { get; }

    /// <summary>The name of the data, such as <c>MNIST test</c>.</summary>
    public string Data { get; }

    /// <summary>The number of digits.</summary>
    public int Count { get; }

    /// <summary>The number of digits recognised.</summary>
    public int Correct { get; }

    /// <summary>The share of digits recognised.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>
    /// Where the accuracy on endless digits of the same kind lies with 95 % confidence, as far as these tell: with
    /// 10,000 digits at an accuracy of 0.91, within about 0.006 of it.
    /// </summary>
    public ConfidenceInterval AccuracyInterval => ConfidenceInterval.OfShare(Correct, Count);

    /// <summary>The mean of −log of the probability given to the label.</summary>
    public double Loss { get; }

    /// <summary>How often each class was taken for each.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>Precision, recall and F1 of each class.</summary>
    public IReadOnlyList<ClassMetrics> Classes { get; }

    /// <summary>The pairs that were mistaken most often, the worst first.</summary>
    public IReadOnlyList<ConfusedPair> MostConfused { get; }

    /// <summary>Measures a network on labelled digits.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Digits with labels, at least one.</param>
    /// <param name="threads">The number of threads; null means one a processor. It never changes a result.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">The network does not fit the data, or the data is empty or has no
    /// labels.</exception>
    public static Evaluation Measure(
        Network network, DigitSet data, int? threads = null, CancellationToken cancellationToken = default)
        => Measure([network], data, threads, cancellationToken);

    /// <summary>Measures several networks together on labelled digits.</summary>
    /// <param name="networks">The networks, whose log-probabilities are averaged.</param>
    /// <param name="data">Digits with labels, at least one.</param>
    /// <param name="threads">The number of threads; null means one a processor. It never changes a result.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">The networks do not fit the data or each other, or the data is empty or has no
    /// labels.</exception>
    public static Evaluation Measure(
        IReadOnlyList<Network> networks,
        DigitSet data,
        int? threads = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.RequireLabels();
        if (data.Count == 0)
        {
            throw new ShapeException($"{data.Name} is empty: there is nothing to measure.", "EmptyBatch");
        }

        Kernels.Answers answers = Predictor.GetAnswers(networks, data, threads, cancellationToken);
        var confusion = new ConfusionMatrix();
        for (int i = 0; i < data.Count; i++)
        {
            confusion.Add(data.Labels[i], answers.Predicted(i));
        }

        return new Evaluation(networks, data.Name, confusion, answers.MeanLoss);
    }

    /// <summary>Such as <c>0.9098 on MNIST test (10,000 digits)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Accuracy:F4} on {Data} ({Count:N0} digits)");
}
