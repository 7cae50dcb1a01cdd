namespace MnistNet;

/// <summary>How the page proves that what runs in it is the network that was trained.</summary>
internal static class CheckSection
{
    /// <summary>The section; null for a page that runs no network.</summary>
    public static ReportSection? Of(PageChecks? checks) => checks is null
        ? null
        : new ReportSection("check", "How this page checks itself", Html.Of($"""
            <p>{ReportNumbers.Count(checks.Count, "digit")} of {checks.Name} lie in this page with the probabilities
            that MnistNet gave them. When the page is opened, it computes them again and compares.</p>
            <p id="check-result">The comparison needs JavaScript.</p>
            """))
        {
            Name = "Check",
        };
}
