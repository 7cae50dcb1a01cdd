using System.Reflection;

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
    public static string Template { get; } = Read("page.html") ?? "";

    /// <summary>The style of the page, and that of the parts that scripts build.</summary>
    public static string Style { get; } = Read("page.css") + Read("drawing.css");

    /// <summary>All scripts as one.</summary>
    public static string Script { get; } = string.Concat(s_scripts.Select(name => Read($"{name}.js")));

    private static string? Read(string name)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Page/{name}");
        if (stream is null)
        {
            return null;
        }

        // The page is the same on every system, whatever ends the lines of a clone.
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
