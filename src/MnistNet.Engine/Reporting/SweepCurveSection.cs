namespace MnistNet;

/// <summary>The figure over the number that varies most, a curve for each combination of the other settings.</summary>
internal static class SweepCurveSection
{
    /// <summary>The section; null where no number varies.</summary>
    public static ReportSection? Of(SweepFacts facts)
    {
        HistoryMetric? metric = facts.MetricName switch
        {
            nameof(SweepRun.TestAccuracy) or nameof(SweepRun.TrainAccuracy) => HistoryMetric.Accuracy,
            nameof(SweepRun.ValidationAccuracy) => HistoryMetric.ValidationAccuracy,
            nameof(SweepRun.Loss) => HistoryMetric.Loss,
            _ => null,
        };
        return metric is HistoryMetric known
            && HistoryCharts.OfSweep(facts.Runs, known) is { XName: not HistoryCharts.RunNumber } chart
            ? new ReportSection("curves", $"Over {chart.XName}", Html.Of($"""
                <div class="charts one">{CurvesSection.Draw(chart)}</div>
                """))
            {
                Name = "Curves",
            }
            : null;
    }
}
