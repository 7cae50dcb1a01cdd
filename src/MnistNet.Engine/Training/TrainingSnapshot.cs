namespace MnistNet;

/// <summary>What a network looked like on its way: its first layer, and what it took for what.</summary>
public sealed class TrainingSnapshot
{
    private readonly float[] _weights;
    private readonly int[,] _confusion;
    private readonly int _inputs;

    internal TrainingSnapshot(int iteration, int epoch, Matrix weights, int[,] confusion)
    {
        Iteration = iteration;
        Epoch = epoch;
        _inputs = weights.ColumnCount;

        // Half of the memory of the matrix, and no less exact: training computes in float32.
        _weights = Array.ConvertAll(weights.Values.ToRowMajorArray(), value => (float)value);
        _confusion = confusion;
    }

    /// <summary>The number of updates done: 0 for the untrained network.</summary>
    public int Iteration { get; }

    /// <summary>The number of passes over the training set done.</summary>
    public int Epoch { get; }

    /// <summary>The share of the digits looked at that were recognised.</summary>
    public double Accuracy
        => (double)Enumerable.Range(0, DigitSet.ClassCount).Sum(c => _confusion[c, c]) / _confusion.Cast<int>().Sum();

    /// <summary>The weights of the first layer.</summary>
    public Matrix W1 => Matrix.FromRowMajor(_weights.Length / _inputs, _inputs, _weights, "W1");

    /// <summary>How often digits of each label (row) were taken for each class (column).</summary>
    public int[,] GetConfusion() => (int[,])_confusion.Clone();

    /// <summary>Such as <c>iteration 70: accuracy 0.7340</c>.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"iteration {Iteration:N0}: accuracy {Accuracy:F4}");
}
