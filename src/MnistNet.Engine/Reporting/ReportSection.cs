namespace MnistNet;

/// <summary>A section of a page.</summary>
/// <param name="Id">Its address in the page.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Content">What is below the heading.</param>
internal sealed record ReportSection(string Id, string Title, Html Content)
{
    /// <summary>The word for it in the list of sections.</summary>
    public string Name { get; init; } = Title;

    /// <summary>The section as it stands in the page.</summary>
    public Html ToHtml() => Html.Of(
        $"<section id=\"{Id}\" aria-labelledby=\"{Id}-title\"><h2 id=\"{Id}-title\">{Title}</h2>{Content}</section>\n");
}
