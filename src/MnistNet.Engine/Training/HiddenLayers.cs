using System.Globalization;

namespace MnistNet;

/// <summary>The widths of hidden layers as one text, such as <c>128-64</c>.</summary>
internal static class HiddenLayers
{
    /// <summary>
    /// What stands for no hidden layer at all; an empty field of a table would mean that none was given.
    /// </summary>
    internal const string None = LayerWidths.None;

    /// <summary>Such as <c>128-64</c>.</summary>
    internal static string ToText(IEnumerable<int> widths) =>
        string.Join('-', widths) is { Length: > 0 } text ? text : None;

    /// <summary>
    /// Reads widths such as <c>100</c>, <c>128-64</c>, <c>128,64</c> or <c>128 64</c>; empty text is none too.
    /// </summary>
    /// <exception cref="SettingException">The text is not a list of widths.</exception>
    internal static int[] Parse(string text) => text == None ? [] : [.. text
        .Split(['-', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => Width(part) ?? throw new SettingException(
            "Hidden",
            $"'{text}' is not a shape of hidden layers; expected widths from 1 to {Network.MaximumWidth:N0}, such as "
                + $"100 for "
            + $"one layer or '128-64' for two."))];

    private static int? Width(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && width is >= 1 and <= Network.MaximumWidth
            ? width
            : null;
}
