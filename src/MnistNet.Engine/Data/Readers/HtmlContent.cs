using System.Text;

namespace MnistNet;

/// <summary>
/// Tells a web page from data: what portals, captive networks and expired addresses answer in place of a file.
/// </summary>
internal static class HtmlContent
{
    private static readonly string[] Openings = ["<!doctype", "<html", "<head", "<body", "<?xml", "<!--"];

    /// <summary>Whether the content that begins like this is a page.</summary>
    public static bool IsStartOf(ReadOnlySpan<byte> content)
    {
        string start =
            Encoding.Latin1.GetString(content[..Math.Min(content.Length, 256)])
                .TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return Openings.Any(opening => start.StartsWith(opening, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The error for a file that is a page.</summary>
    public static DataFormatException Error(string path, string expected) =>
        new("HtmlPage", path,
            $"this is an HTML page, not {expected}: probably what a web server answered in place of the file. Get the "
            + $"file anew.");
}
