using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Amounts as words in a sentence, which read the same whatever the culture of the session.</summary>
internal static class Quantity
{
    /// <summary>An amount of bytes, such as <c>31.9 kB</c>.</summary>
    internal static string Bytes(long count) => count switch
    {
        < 1_000 => Invariant($"{count} bytes"),
        < 1_000_000 => Invariant($"{count / 1e3:F1} kB"),
        _ => Invariant($"{count / 1e6:F1} MB"),
    };

    /// <summary>A number and its noun, such as <c>1 iteration</c> or <c>700 iterations</c>.</summary>
    internal static string Count(int count, string noun) => Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
