using static System.FormattableString;

namespace MnistNet;

/// <summary>How well each class is recognised, and how sure that is.</summary>
internal static class ClassesSection
{
    /// <summary>The section; null without labelled digits.</summary>
    public static ReportSection? Of(ReportFacts facts) => facts.Evaluation is not Evaluation evaluation
        ? null
        : new ReportSection("classes", "Class by class", Html.Of($"""
            <p>Recall is the share of a class that was recognised; precision the share that was right among all that was
            taken for it; F1 the harmonic mean of both. The intervals hold the true share with 95 % confidence, as far
            as {evaluation.Count:N0} digits tell.</p>
            {HtmlTable.Of(
                $"Recall, precision and F1 of each class on {evaluation.Data}",
                ["class", "digits", "recall", "95 % interval", "precision", "95 % interval", "F1"],
                evaluation.Classes.Select(metrics => Cells(facts, metrics)))}
            """))
        {
            Name = "Classes",
        };

    private static string[] Cells(ReportFacts facts, ClassMetrics metrics) =>
    [
        facts.NameOf(metrics.Digit),
        Invariant($"{metrics.Count:N0}"),
        ReportNumbers.Exact(metrics.Recall),
        Interval(metrics.Correct, metrics.Count),
        ReportNumbers.Exact(metrics.Precision),
        Interval(metrics.Correct, metrics.PredictedCount),
        ReportNumbers.Exact(metrics.F1),
    ];

    private static string Interval(int correct, int count)
        => count == 0 ? "–" : ReportNumbers.Range(ConfidenceInterval.OfShare(correct, count));
}
