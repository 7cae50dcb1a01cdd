namespace MnistNet.Pages;

/// <summary>The scripts of the page as the engine holds them.</summary>
internal static class PageScripts
{
    /// <summary>Their names in the order in which they are joined.</summary>
    public static readonly string[] Names =
    [
        "network", "framing", "normalization", "unlike", "strokes", "elements", "pictures", "units", "answer", "pad",
        "drawing", "selfcheck", "filter", "slider", "start",
    ];

    /// <summary>All scripts as one.</summary>
    public static string Joined => string.Concat(Names.Select(name => Read($"{name}.js")));

    /// <summary>A file of the page, such as <c>network.js</c>.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(Network).Assembly.GetManifestResourceStream($"Page/{name}")
            ?? throw new InvalidOperationException($"The engine holds no {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
