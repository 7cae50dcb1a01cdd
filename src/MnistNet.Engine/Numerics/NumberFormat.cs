namespace MnistNet;

/// <summary>Chooses how many digits to show, so that numbers that stand together are shown alike.</summary>
internal static class NumberFormat
{
    /// <summary>
    /// A format for all of some numbers: whole numbers stay whole; else four decimals, or powers of ten where those
    /// would say nothing.
    /// </summary>
    public static string For(IEnumerable<double> values)
    {
        double largest = 0;
        bool whole = true;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
            whole = whole && value == Math.Floor(value);
        }

        return whole && largest < 1e6 ? "0"
            : largest is >= 0.01 and < 1e4 ? "0.0000;-0.0000;0.0000"
            : "0.00e+0;-0.00e+0;0";
    }
}
