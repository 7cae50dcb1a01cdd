using static System.FormattableString;

namespace MnistNet;

/// <summary>What was tried, and what came out best.</summary>
internal static class SweepSummarySection
{
    /// <summary>The section.</summary>
    public static ReportSection Of(SweepFacts facts, ReportOptions options)
        => new("summary", "What was tried", Html.Of($"""
            <dl class="figures">{Figures(facts).Select(SummarySection.Figure)}</dl>
            {Command(facts, options)}
            """))
        {
            Name = "Summary",
        };

    private static IEnumerable<(string Name, string Value, string Note)> Figures(SweepFacts facts)
    {
        SweepSummary best = facts.Summaries[0];
        int failed = facts.Summaries.Sum(summary => summary.Failed);
        yield return (
            $"best mean of {facts.Metric}",
            facts.Text(best.Mean),
            best.IntervalHigh is null
                ? ReportNumbers.Count(best.Runs, "run")
                : $"95 % interval {facts.IntervalText(best)}, {ReportNumbers.Count(best.Runs, "run")}");
        yield return (
            "settings tried", Invariant($"{facts.Summaries.Count:N0}"), $"best: {SweepFacts.NameOf(best)}");
        yield return (
            "runs",
            Invariant($"{facts.Runs.Count:N0}"),
            failed == 0 ? "none failed" : Invariant($"{failed:N0} without a figure"));
        yield return (
            "time of all runs", ReportNumbers.Time(facts.Runs.Sum(run => run.Seconds ?? 0)), "training alone");
    }

    private static Html Command(SweepFacts facts, ReportOptions options)
        => facts.BestFirst.FirstOrDefault() is SweepRun best && options.CommandOf is Func<SweepRun, string> command
            ? Html.Of($"""
                <h3>The command that repeats the best run</h3>
                {SummarySection.CommandText(command(best))}
                """)
            : Html.Empty;
}
