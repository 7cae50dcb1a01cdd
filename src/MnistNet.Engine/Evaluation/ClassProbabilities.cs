using System.Globalization;

namespace MnistNet;

/// <summary>
/// The ten probabilities that a network gives one digit. Prints as ten numbers, so that a CSV of predictions stays
/// readable.
/// </summary>
public sealed class ClassProbabilities
{
    private readonly float[] _values;

    internal ClassProbabilities(float[] values) => _values = values;

    /// <summary>The number of classes.</summary>
    public int Count => _values.Length;

    /// <summary>The probability of a class.</summary>
    public double this[int digit] => _values[digit];

    /// <summary>The probabilities as an array of their own.</summary>
    public double[] ToArray() => Array.ConvertAll(_values, value => (double)value);

    /// <summary>Such as <c>0.001 0.000 0.983 …</c>.</summary>
    public override string ToString() =>
        string.Join(' ', _values.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)));
}
