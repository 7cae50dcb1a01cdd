using System.Globalization;
using System.Management.Automation;

namespace MnistNet.Host;

/// <summary>A progress record as one line: what is being done, a bar, how it stands, the time left.</summary>
internal static class ProgressLine
{
    private const int BarWidth = 20;

    /// <summary>The bar takes what the words leave of the width, and goes where they leave nothing.</summary>
    public static string Of(ProgressRecord record, int width)
    {
        bool isMeasured = record.PercentComplete is >= 0 and <= 100;
        string percent = isMeasured ? $"{record.PercentComplete,3} %" : "";
        string left = record.SecondsRemaining >= 0
            ? TimeSpan.FromSeconds(record.SecondsRemaining).ToString(@"m\:ss", CultureInfo.InvariantCulture) + " left"
            : "";
        string words = Join(record.Activity, percent, record.StatusDescription, left);
        int room = Math.Min(BarWidth, width - words.Length - "  []".Length - 1);
        if (!isMeasured || room < BarWidth / 4)
        {
            return words;
        }

        int done = record.PercentComplete * room / 100;
        string bar = $"[{new string('=', done)}{new string(' ', room - done)}]";
        return Join(record.Activity, bar, percent, record.StatusDescription, left);
    }

    private static string Join(params string[] parts) =>
        string.Join("  ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
}
