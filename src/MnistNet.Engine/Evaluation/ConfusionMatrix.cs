namespace MnistNet;

/// <summary>How often each digit (row) was taken for each (column).</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts = new int[DigitSet.ClassCount, DigitSet.ClassCount];

    /// <summary>How often digits of a label were predicted to be a class.</summary>
    public int this[int label, int predicted] => _counts[label, predicted];

    /// <summary>The number of digits.</summary>
    public int Total => _counts.Cast<int>().Sum();

    /// <summary>The number of digits recognised: the sum of the diagonal.</summary>
    public int Correct => Enumerable.Range(0, DigitSet.ClassCount).Sum(c => _counts[c, c]);

    /// <summary>The counts as an array of their own: label × predicted.</summary>
    public int[,] ToArray() => (int[,])_counts.Clone();

    internal void Add(int label, int predicted) => _counts[label, predicted]++;

    internal ClassMetrics[] GetClasses()
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

            classes[c] = new ClassMetrics(c, actual, predicted, _counts[c, c]);
        }

        return classes;
    }

    internal ConfusedPair[] GetMostConfused(int most)
    {
        var pairs = new List<ConfusedPair>();
        for (int label = 0; label < DigitSet.ClassCount; label++)
        {
            for (int predicted = 0; predicted < DigitSet.ClassCount; predicted++)
            {
                if (label != predicted && _counts[label, predicted] > 0)
                {
                    pairs.Add(new ConfusedPair(label, predicted, _counts[label, predicted]));
                }
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Label).ThenBy(pair => pair.Predicted).Take(most)];
    }

    /// <summary>A table, labels down, predictions across.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder("label\\predicted");
        for (int c = 0; c < DigitSet.ClassCount; c++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{c,7}");
        }

        for (int label = 0; label < DigitSet.ClassCount; label++)
        {
            text.AppendLine().Append(System.Globalization.CultureInfo.InvariantCulture, $"{label,15}");
            for (int c = 0; c < DigitSet.ClassCount; c++)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{_counts[label, c],7}");
            }
        }

        return text.ToString();
    }
}
