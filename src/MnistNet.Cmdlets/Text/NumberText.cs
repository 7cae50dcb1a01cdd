using System.Globalization;

namespace MnistNet.Cmdlets;

/// <summary>
/// Reads numbers that came as text: typed in quotation marks, or out of a CSV. Text is read as the invariant culture
/// writes it. A CSV that Export-Csv wrote under a culture with a decimal comma reads back under that culture: what the
/// invariant culture does not know is read by the session's own, if that one prints the number back the same. So "0,05"
/// is 0.05 or refused, and never 5.
/// </summary>
internal static class NumberText
{
    /// <summary>Reads a number.</summary>
    internal static bool TryRead(string text, out double number)
    {
        text = text.Trim();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.CurrentCulture, out number)
                && number.ToString(CultureInfo.CurrentCulture).Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The same number as the invariant culture writes it; the text as it is where it is not a number.
    /// </summary>
    internal static string ToInvariant(string text)
        => TryRead(text, out double number) ? number.ToString(CultureInfo.InvariantCulture) : text;
}
