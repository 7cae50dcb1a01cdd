using System.Globalization;

namespace MnistNet.Cmdlets;

/// <summary>Sentences with numbers in them, which read the same whatever the culture of the session.</summary>
internal static class Say
{
    /// <summary>The sentence, in the invariant culture.</summary>
    internal static string Of(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);

    /// <summary>An amount of bytes, such as <c>31.9 kB</c>.</summary>
    internal static string Bytes(long count) => count switch
    {
        < 1_000 => Of($"{count} bytes"),
        < 1_000_000 => Of($"{count / 1e3:F1} kB"),
        _ => Of($"{count / 1e6:F1} MB"),
    };

    /// <summary>A number with a noun that agrees with it, such as <c>1 iteration</c> or <c>700 iterations</c>.</summary>
    internal static string Count(int count, string noun) => Of($"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
