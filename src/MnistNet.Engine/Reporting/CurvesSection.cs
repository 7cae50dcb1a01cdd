using static System.FormattableString;

namespace MnistNet;

/// <summary>How it learned: loss and accuracy, as curves and as numbers.</summary>
internal static class CurvesSection
{
    private const int Width = 400, Height = 250, MostRows = 30;

    /// <summary>The section; null without a history.</summary>
    public static ReportSection? Of(ReportFacts facts)
    {
        if (facts.Subject.Training is not TrainingResult { History.Count: > 0 } training)
        {
            return null;
        }

        // One row, such as that of a single epoch, makes no curve.
        IReadOnlyList<Chart> charts = HistoryCharts.OfRun("", training.History);
        return new ReportSection("curves", "How it learned", training.History.Count == 1
            ? Numbers(training.History)
            : Html.Of($"""
                <div class="charts">{charts.Select(Draw)}</div>
                {HtmlTable.Folded("The numbers behind the curves", Numbers(training.History))}
                """))
        {
            Name = "Curves",
        };
    }

    /// <summary>A chart, as wide as there is room.</summary>
    public static Html Draw(Chart chart) => Html.Trust(ChartSvg.Draw(chart, Width, Height));

    private static Html Numbers(IReadOnlyList<HistoryRow> rows)
    {
        bool isValidated = rows.Any(row => row.ValidationLoss is not null);
        string[] columns = ["iteration", "epoch", "loss", "accuracy", "α", "gradient norm"];
        HistoryRow[] shown = [.. Thinning.Of(rows, MostRows)];
        string caption = shown.Length == rows.Count
            ? "Loss and accuracy of each row of the history"
            : Invariant($"Loss and accuracy: {shown.Length} of {rows.Count:N0} rows, evenly spread");
        return HtmlTable.Of(
            caption,
            isValidated ? [.. columns, "validation loss", "validation accuracy"] : columns,
            shown.Select(row => Cells(row, isValidated)));
    }

    private static string[] Cells(HistoryRow row, bool isValidated)
    {
        string[] cells =
        [
            Invariant($"{row.Iteration:N0}"),
            Invariant($"{row.Epoch:N0}"),
            ReportNumbers.Number(row.Loss),
            ReportNumbers.Exact(row.Accuracy),
            Invariant($"{row.LearningRate:G4}"),
            ReportNumbers.Number(row.GradientNorm),
        ];
        return isValidated
            ? [.. cells, ReportNumbers.Number(row.ValidationLoss), ReportNumbers.Exact(row.ValidationAccuracy)]
            : cells;
    }
}
