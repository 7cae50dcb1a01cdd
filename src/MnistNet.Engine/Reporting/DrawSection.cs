namespace MnistNet;

/// <summary>Where a digit can be drawn, which the network in the page then reads.</summary>
internal static class DrawSection
{
    /// <summary>The section.</summary>
    public static ReportSection Of(PageNetwork network) => network.Omitted is string reason
        ? new ReportSection("draw", "Draw a digit", Html.Of($"<p class=\"note\">Drawing was left out: {reason}.</p>"))
        : new ReportSection("draw", "Draw a digit", Html.Of($"""
            <p>The trained network is in this page. Draw, and it answers, with no connection to anything. Strokes are
            framed and scaled as the digits were that it learned from; hands and pens differ, so expect more mistakes
            than on the test set.{Precision(network)}</p>
            <div id="draw-app"></div>
            <noscript><p class="note">Drawing needs JavaScript, which is switched off here. Everything else in this page
            does without.</p></noscript>
            """));

    private static string Precision(PageNetwork network) => network.Encoding == PageNetwork.Half
        ? " To keep the page light, its weights are rounded to float16 here; that rarely changes an answer."
        : "";
}
