using System.Globalization;

namespace MnistNet;

/// <summary>The numbers that a setting may be.</summary>
/// <param name="Least">The lower bound.</param>
/// <param name="Most">The upper bound; infinity for any finite number.</param>
public sealed record SettingRange(double Least, double Most = double.PositiveInfinity)
{
    /// <summary>Whether the lower bound itself is outside.</summary>
    public bool IsAbove { get; init; }

    /// <summary>Whether the upper bound itself is outside.</summary>
    public bool IsBelow { get; init; }

    /// <summary>Whether 0 is inside, although it is less than the lower bound.</summary>
    public bool HasZero { get; init; }

    /// <summary>Whether a number is inside. Infinities and what is not a number never are.</summary>
    public bool Contains(double value) => double.IsFinite(value)
        && ((HasZero && value == 0)
            || ((IsAbove ? value > Least : value >= Least) && (IsBelow ? value < Most : value <= Most)));

    /// <summary>Such as <c>of at least 1</c>, or <c>above 0 and at most 1</c>.</summary>
    public override string ToString()
    {
        string zero = HasZero ? "that is 0 or " : "";
        string lower = $"{(IsAbove ? "above" : "of at least")} {Text(Least)}";
        string upper = double.IsInfinity(Most) ? "" : $" and {(IsBelow ? "below" : "at most")} {Text(Most)}";
        return zero + lower + upper;
    }

    private static string Text(double value)
        => value.ToString(Math.Abs(value) is >= 1e4 and < 1e9 ? "N0" : "", CultureInfo.InvariantCulture);
}
