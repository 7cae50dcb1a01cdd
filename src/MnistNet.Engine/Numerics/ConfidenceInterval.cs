using System.Globalization;
using System.Text.Json.Serialization;
using MathNet.Numerics.Distributions;

namespace MnistNet;

/// <summary>Where a true value lies with 95 % confidence.</summary>
public readonly record struct ConfidenceInterval
{
    // No parameters behind the name: they would show as a method Deconstruct at the prompt.
    /// <summary>Takes the values, in the order of the properties.</summary>
    [JsonConstructor]
    public ConfidenceInterval(double low, double high)
    {
        Low = low;
        High = high;
    }

    /// <summary>The lower end.</summary>
    public double Low { get; init; }

    /// <summary>The upper end.</summary>
    public double High { get; init; }

    /// <summary>
    /// The interval of a share, such as an accuracy, from counts (E. Wilson, "Probable inference, the law of
    /// succession, and statistical inference", 1927). It stays within 0 to 1 and is sound near both ends.
    /// </summary>
    /// <param name="successes">How many were right.</param>
    /// <param name="count">Of how many; at least 1.</param>
    public static ConfidenceInterval OfShare(int successes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        double n = count, p = successes / n, z = Normal.InvCDF(0, 1, 0.975);
        double middle = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        double half = z / (1 + (z * z / n)) * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return new ConfidenceInterval(successes == 0 ? 0 : middle - half, successes == count ? 1 : middle + half);
    }

    /// <summary>
    /// The interval of a mean, from few normal values with unknown deviation: mean ± t·s/√n, with t of n − 1 degrees of
    /// freedom (Student, "The probable error of a mean", 1908). Null for fewer than two values.
    /// </summary>
    public static ConfidenceInterval? OfMean(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int n = values.Count;
        if (n < 2)
        {
            return null;
        }

        double half =
            StudentT.InvCDF(0, 1, n - 1, 0.975)
            * MathNet.Numerics.Statistics.Statistics.StandardDeviation(values)
            / Math.Sqrt(n);
        double mean = values.Average();
        return new ConfidenceInterval(mean - half, mean + half);
    }

    /// <summary>
    /// The part of the interval in which the value can be at all: no accuracy is below 0 or above 1.
    /// </summary>
    public ConfidenceInterval Within(double least, double most)
        => new(Math.Clamp(Low, least, most), Math.Clamp(High, least, most));

    /// <summary>Such as <c>0.9041–0.9153</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Low:F4}–{High:F4}");
}
