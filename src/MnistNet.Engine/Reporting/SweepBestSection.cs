using System.Reflection;
using static System.FormattableString;

namespace MnistNet;

/// <summary>The best runs, one by one.</summary>
internal static class SweepBestSection
{
    private const int Most = 10;

    /// <summary>The section.</summary>
    public static ReportSection Of(SweepFacts facts)
    {
        SweepRun[] best = [.. facts.BestFirst.Take(Most)];
        PropertyInfo[] settings = [.. SweepColumns.Settings.Where(column => facts.Varying.Contains(column.Name))];
        return new ReportSection("best", "The best runs", HtmlTable.Of(
            Invariant($"The {best.Length} best of {facts.Runs.Count:N0} runs by {facts.Metric}"),
            [
                "#", .. settings.Select(column => column.Name), "Seed",
                facts.Metric, "accuracy in training", "loss", "time",
            ],
            best.Select((run, i) => (string[])
            [
                Invariant($"{i + 1}"),
                .. settings.Select(column => Setting.Text(column.GetValue(run))),
                Invariant($"{run.Seed}"),
                facts.Text(facts.ValueOf(run)),
                ReportNumbers.Exact(run.TrainAccuracy),
                ReportNumbers.Number(run.Loss),
                run.Seconds is double seconds ? ReportNumbers.Time(seconds) : "–",
            ])));
    }
}
