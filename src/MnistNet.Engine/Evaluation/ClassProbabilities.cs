using System.Collections;
using System.Globalization;

namespace MnistNet;

/// <summary>The ten probabilities that a network gives one digit, as a list.</summary>
public sealed class ClassProbabilities : IReadOnlyList<double>
{
    private readonly float[] _values;

    internal ClassProbabilities(float[] values) => _values = values;

    /// <summary>The number of classes.</summary>
    public int Count => _values.Length;

    /// <summary>The probability of a class.</summary>
    public double this[int digit] => _values[digit];

    /// <summary>The probabilities as an array of their own.</summary>
    public double[] ToArray() => Array.ConvertAll(_values, value => (double)value);

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => _values.Select(value => (double)value).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Such as <c>0.001 0.000 0.983 …</c>.</summary>
    public override string ToString() =>
        string.Join(' ', _values.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)));
}
