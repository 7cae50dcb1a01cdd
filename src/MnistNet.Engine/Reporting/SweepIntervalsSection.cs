using static System.FormattableString;

namespace MnistNet;

/// <summary>The figure of each setting with its interval, as a picture and as numbers.</summary>
internal static class SweepIntervalsSection
{
    private const int MostDrawn = 60;

    /// <summary>The section.</summary>
    public static ReportSection Of(SweepFacts facts)
    {
        SweepSummary[] drawn = [.. facts.Summaries.Where(summary => summary.Mean is not null).Take(MostDrawn)];
        string left = drawn.Length < facts.Summaries.Count
            ? Invariant($" {drawn.Length} of {facts.Summaries.Count:N0} settings are drawn.")
            : "";
        return new ReportSection("intervals", "Setting by setting", Html.Of($"""
            <p>{SweepFacts.Capital(facts.Metric)} of each setting, the best first: the large dot is the mean over its
            runs, the line the 95 % interval of that mean (Student's t), the small dots are the runs.{left}</p>
            {SweepChart.Draw(facts, drawn)}
            {HtmlTable.Folded("The numbers behind the picture", Numbers(facts))}
            """))
        {
            Name = "Settings",
        };
    }

    private static Html Numbers(SweepFacts facts) => HtmlTable.Of(
        $"{SweepFacts.Capital(facts.Metric)} of each setting over its runs",
        ["setting", "mean", "95 % interval", "deviation", "best", "its seed", "runs", "failed", "mean time"],
        facts.Summaries.Select(summary => new[]
        {
            SweepFacts.NameOf(summary),
            facts.Text(summary.Mean),
            facts.IntervalText(summary),
            facts.Text(summary.StandardDeviation),
            facts.Text(facts.BestOf(summary)),
            summary.BestSeed is int seed ? Invariant($"{seed}") : "–",
            Invariant($"{summary.Runs}"),
            Invariant($"{summary.Failed}"),
            summary.MeanSeconds is double seconds ? ReportNumbers.Time(seconds) : "–",
        }));
}
