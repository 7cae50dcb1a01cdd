namespace MnistNet;

/// <summary>How often each digit (row) was taken for each (column).</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts = new int[DigitSet.ClassCount, DigitSet.ClassCount];

    /// <summary>The number of digits.</summary>
    public int Total => _counts.Cast<int>().Sum();

    /// <summary>The number of digits recognised: the sum of the diagonal.</summary>
    public int Correct => Enumerable.Range(0, DigitSet.ClassCount).Sum(c => _counts[c, c]);

    /// <summary>The counts, row by row: the digits of one label, by what they were predicted to be.</summary>
    public IReadOnlyList<int[]> Rows => [.. Enumerable.Range(0, DigitSet.ClassCount).Select(
        label => Enumerable.Range(0, DigitSet.ClassCount).Select(c => _counts[label, c]).ToArray())];

    // After the properties: PowerShell takes a class whose first member is an indexer for one without properties.
    /// <summary>How often digits of a label were predicted to be a class.</summary>
    public int this[int label, int predicted] => _counts[label, predicted];

    /// <summary>The counts as an array of their own: label × predicted.</summary>
    public int[,] ToArray() => (int[,])_counts.Clone();

    internal void Add(int label, int predicted) => Add(label, predicted, 1);

    internal void Add(int label, int predicted, int times) => _counts[label, predicted] += times;

    internal ClassMetrics[] GetClasses(string set = "")
    {
        var classes = new ClassMetrics[DigitSet.ClassCount];
        for (int c = 0; c < classes.Length; c++)
        {
            int actual = 0, predicted = 0;
            for (int k = 0; k < classes.Length; k++)
            {
                actual += _counts[c, k];
                predicted += _counts[k, c];
            }

            classes[c] = new ClassMetrics(c, actual, predicted, _counts[c, c], ClassNames.Text(set, c));
        }

        return classes;
    }

    internal ConfusedPair[] GetMostConfused(int most, string set = "")
    {
        var pairs = new List<ConfusedPair>();
        for (int label = 0; label < DigitSet.ClassCount; label++)
        {
            for (int predicted = 0; predicted < DigitSet.ClassCount; predicted++)
            {
                if (label != predicted && _counts[label, predicted] > 0)
                {
                    pairs.Add(new ConfusedPair(
                        label,
                        predicted,
                        _counts[label, predicted],
                        ClassNames.Text(set, label),
                        ClassNames.Text(set, predicted)));
                }
            }
        }

        return
        [
            .. pairs
                .OrderByDescending(pair => pair.Count)
                .ThenBy(pair => pair.Label)
                .ThenBy(pair => pair.Predicted)
                .Take(most),
        ];
    }

    /// <summary>The rows of the labels 0 to 9 one after the other, such as <c>957 0 3 …; 0 1103 …</c>.</summary>
    public override string ToString() => string.Join("; ", Enumerable.Range(0, DigitSet.ClassCount).Select(
        label => string.Join(
            ' ',
            Enumerable.Range(0, DigitSet.ClassCount).Select(predicted => _counts[label, predicted]))));
}
