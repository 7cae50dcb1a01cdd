using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// What was taken for what. Right answers and mistakes are coloured on scales of their own: on one scale, the diagonal
/// would leave every mistake in the dark.
/// </summary>
internal static class ConfusionSection
{
    private const int MostPairs = 5;

    /// <summary>The section; null without labelled digits.</summary>
    public static ReportSection? Of(ReportFacts facts) => facts.Evaluation is not Evaluation evaluation
        ? null
        : new ReportSection("confusion", "What it took for what", Html.Of($"""
            <p>Each row holds the digits of one class, each column what they were taken for. Mistakes have a scale of
            their own, up to {Largest(evaluation)} in a cell; right answers have another.</p>
            {Table(facts, evaluation)}
            <p id="mistake-filter"></p>
            {Pairs(facts, evaluation)}
            """))
        {
            Name = "Confusion",
        };

    private static Html Table(ReportFacts facts, Evaluation evaluation)
    {
        int[] classes = [.. Enumerable.Range(0, facts.ClassNames.Count)];
        Html head = Html.Of($"""
            <tr><th scope="col"><span class="axis">is ↓<br>taken for →</span></th>
            {classes.Select(c => Html.Of($"<th scope=\"col\">{facts.NameOf(c)}</th>"))}</tr>
            """);
        return Html.Of($"""<div class="confusion">{HtmlTable.Of(
            Invariant($"Confusion on {evaluation.Data}, {evaluation.Count:N0} digits"),
            head,
            classes.Select(label => Row(facts, evaluation.Confusion, label)))}</div>""");
    }

    private static Html Row(ReportFacts facts, ConfusionMatrix confusion, int label)
    {
        int[] counts = confusion.Rows[label];
        int largestError = Largest(confusion), largestRight = Enumerable.Range(0, counts.Length)
            .Max(c => confusion[c, c]);
        return Html.Of($"""
            <tr><th scope="row">{facts.NameOf(label)}</th>{counts.Select((count, predicted) => label == predicted
                ? Cell(label, predicted, count, largestRight, "right")
                : Cell(label, predicted, count, largestError, "wrong"))}</tr>
            """);
    }

    /// <summary>A cell: as strongly coloured as its count is beside the largest of its kind.</summary>
    private static Html Cell(int label, int predicted, int count, int largest, string kind)
    {
        double share = largest == 0 ? 0 : (double)count / largest;
        return count == 0
            ? Html.Of($"<td class=\"none\" data-true=\"{label}\" data-predicted=\"{predicted}\">0</td>")
            : Html.Of($"<td class=\"{kind}\" style=\"--share:{share:0.00}\" data-true=\"{label}\" "
                + $"data-predicted=\"{predicted}\">{count}</td>");
    }

    private static Html Pairs(ReportFacts facts, Evaluation evaluation)
    {
        return evaluation.MostConfused.Count == 0
            ? Html.Of($"<p>There is not one mistake among them.</p>")
            : Html.Of($"""
                <p>Most often: {string.Join(", ", evaluation.MostConfused.Take(MostPairs).Select(Pair))}.</p>
                """);

        string Pair(ConfusedPair pair)
            => Invariant($"{facts.NameOf(pair.Label)} taken for {facts.NameOf(pair.Predicted)} ({pair.Count})");
    }

    private static int Largest(Evaluation evaluation) => Largest(evaluation.Confusion);

    private static int Largest(ConfusionMatrix confusion) => confusion.Rows
        .SelectMany((row, label) => row.Where((_, predicted) => predicted != label))
        .DefaultIfEmpty()
        .Max();
}
