using System.Globalization;

namespace MnistNet;

/// <summary>A range of numbers along a side of a chart.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends, beyond the beginning.</param>
/// <param name="IsLog">Whether each step is a factor.</param>
internal sealed record ChartAxis(double Low, double High, bool IsLog)
{
    /// <summary>An axis that holds all of some finite numbers.</summary>
    public static ChartAxis Of(IEnumerable<double> values, bool isLog)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (high > low)
        {
            return new ChartAxis(low, high, isLog);
        }

        // A single number stands in the middle of an axis that begins at 0.
        return isLog ? new ChartAxis(low / 10, low * 10, isLog)
            : low == 0 ? new ChartAxis(-1, 1, isLog)
            : new ChartAxis(Math.Min(0, 2 * low), Math.Max(0, 2 * low), isLog);
    }

    /// <summary>Where a number is on the axis, 0 to 1.</summary>
    public double PlaceOf(double value) => IsLog
        ? (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
        : (value - Low) / (High - Low);

    /// <summary>Round numbers on the axis, about as many as asked for, with their texts.</summary>
    public IReadOnlyList<(double Value, string Text)> Ticks(int count)
    {
        double[] values = [.. IsLog ? LogTicks(count) : LinearTicks(count)];
        return [.. values.Select(value => (value, TextOf(value, values)))];
    }

    private IEnumerable<double> LinearTicks(int count)
    {
        double rough = (High - Low) / Math.Max(count, 1), power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        };
        double first = Math.Ceiling((Low / step) - 1e-9);
        for (double i = first; i * step <= High + (1e-9 * step); i++)
        {
            // Adding 0 makes 0 of −0.
            yield return (i * step) + 0;
        }
    }

    private IEnumerable<double> LogTicks(int count)
    {
        int from = (int)Math.Ceiling(Math.Log10(Low) - 1e-9), to = (int)Math.Floor(Math.Log10(High) + 1e-9);
        if (to <= from)
        {
            // Less than two powers of ten: the ends say more.
            return to == from && count > 2 ? [Low, Math.Pow(10, from), High] : [Low, High];
        }

        int step = Math.Max(1, (int)Math.Ceiling((double)(to - from + 1) / Math.Max(count, 1)));
        return Enumerable.Range(0, ((to - from) / step) + 1).Select(i => Math.Pow(10, from + (i * step)));
    }

    private string TextOf(double value, double[] all)
    {
        double largest = all.Max(Math.Abs);
        if (IsLog || largest is >= 1e7 or < 1e-4)
        {
            string format = value switch
            {
                >= 1e-3 and < 100 => "G3",
                >= 100 and < 1e5 => "0",
                _ => "0.#E+0",
            };
            return value.ToString(format, CultureInfo.InvariantCulture);
        }

        if (largest >= 1e4 && all.All(number => number % 1000 == 0))
        {
            return value == 0 ? "0" : (value / 1000).ToString("0", CultureInfo.InvariantCulture) + "k";
        }

        double step = all.Length > 1 ? Math.Abs(all[1] - all[0]) : largest;
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 6);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
