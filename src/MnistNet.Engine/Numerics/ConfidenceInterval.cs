using System.Globalization;
using MathNet.Numerics.Distributions;

namespace MnistNet;

/// <summary>Where a true value lies with 95 % confidence.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
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

    /// <summary>Such as <c>0.9041–0.9153</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Low:F4}–{High:F4}");
}
