using static System.FormattableString;

namespace MnistNet;

/// <summary>Numbers as the page writes them, the same in every culture.</summary>
internal static class ReportNumbers
{
    /// <summary>A share in percent, such as <c>91.3 %</c>. One of a very sure network is not rounded to
    /// certainty.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 0.0005 => "< 0.1 %",
        > 0.9995 and < 1 => "> 99.9 %",
        _ => Invariant($"{100 * share:0.0} %"),
    };

    /// <summary>A share in percent with two decimals, for figures that are compared.</summary>
    public static string Exact(double? share) => share is double number ? Invariant($"{100 * number:0.00} %") : "–";

    /// <summary>An interval of shares, such as <c>90.7 to 91.9 %</c>.</summary>
    public static string Range(ConfidenceInterval interval)
        => Invariant($"{100 * interval.Low:0.0} to {100 * interval.High:0.0} %");

    /// <summary>A loss, or another number without a unit.</summary>
    public static string Number(double? number) => number switch
    {
        null => "–",
        double value when !double.IsFinite(value) => "not finite",
        double value => Invariant($"{value:0.####}"),
    };

    /// <summary>A number and its noun, such as <c>1 digit</c> or <c>700 digits</c>.</summary>
    public static string Count(long count, string noun) => Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A time, such as <c>4.1 s</c> or <c>3 min 20 s</c>.</summary>
    public static string Time(double seconds) => seconds < 100
        ? Invariant($"{seconds:0.0#} s")
        : Invariant($"{Math.Floor(seconds / 60):N0} min {seconds % 60:0} s");
}
