using System.Reflection;
using System.Text;

namespace MnistNet;

/// <summary>The page's template, style and scripts: files of this project that lie inside the assembly.</summary>
internal static class PageResources
{
    /// <summary>The order in which the scripts are joined: each may use those before it.</summary>
    private static readonly string[] s_scripts =
    [
        "network", "framing", "normalization", "unlike", "strokes", "elements", "pictures", "units", "answer", "pad",
        "drawing", "selfcheck", "filter", "slider", "start",
    ];

    /// <summary>The page with its holes.</summary>
    public static string Template { get; } = Read("page.html");

    /// <summary>The style of the page, and that of the parts that scripts build.</summary>
    public static string Style { get; } = Compact(Read("page.css") + Read("drawing.css"));

    /// <summary>All scripts as one.</summary>
    public static string Script { get; } = Compact(string.Concat(s_scripts.Select(name => Read($"{name}.js"))));

    /// <summary>
    /// The text without indentation, blank lines and lines that are a comment: a fifth less of every page. Nothing else
    /// is changed, so that a page can still be read.
    /// </summary>
    internal static string Compact(string text)
    {
        var compact = new StringBuilder(text.Length);
        bool isComment = false;
        foreach (string whole in text.Split('\n'))
        {
            string line = whole.Trim();
            isComment |= line.StartsWith("/*", StringComparison.Ordinal);
            if (!isComment && line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            {
                compact.Append(line).Append('\n');
            }

            isComment &= !line.EndsWith("*/", StringComparison.Ordinal);
        }

        return compact.ToString();
    }

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Page/{name}")
            ?? throw new InvalidOperationException($"The assembly does not hold {name}: it was built without it.");

        // The page is the same on every system, whatever ends the lines of a clone.
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
