using System.Text;

namespace MnistNet;

/// <summary>
/// One line of comma-separated fields (RFC 4180): fields with commas, quotation marks or line ends are quoted.
/// </summary>
internal static class CsvLine
{
    /// <summary>Fields as one line, without its end.</summary>
    internal static string Join(IEnumerable<string> fields) => string.Join(',', fields.Select(Quote));

    /// <summary>The fields of a line.</summary>
    /// <exception cref="FormatException">A quotation mark is not closed.</exception>
    internal static List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (isQuoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return isQuoted ? throw new FormatException("a quotation mark is not closed.") : fields;
    }

    private static string Quote(string text)
        => text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
