using System.Text;
using static System.FormattableString;

namespace MnistNet;

/// <summary>A figure of each setting with its interval, a line a setting: settings need not be numbers.</summary>
internal static class SweepChart
{
    private const int Width = 720, Top = 8, Bottom = 30, Line = 26, LetterWidth = 7, Gap = 14, MostLetters = 44;

    /// <summary>The chart.</summary>
    /// <param name="facts">The sweep.</param>
    /// <param name="summaries">The settings, in the order of the lines.</param>
    public static Html Draw(SweepFacts facts, IReadOnlyList<SweepSummary> summaries)
    {
        if (summaries.Count == 0)
        {
            return Html.Of($"<p class=\"note\">No run gave a figure.</p>");
        }

        var axis = ChartAxis.Of(
            summaries.SelectMany(summary => summary.Values
                .Append(SweepFacts.IntervalOf(summary)?.Low ?? summary.Mean!.Value)
                .Append(SweepFacts.IntervalOf(summary)?.High ?? summary.Mean!.Value)),
            isLog: false);
        int longest = summaries.Max(summary => SweepFacts.NameOf(summary).Length);
        int left = Gap + (LetterWidth * Math.Min(MostLetters, longest));
        int height = Top + (Line * summaries.Count) + Bottom, right = Width - 40, bottom = height - Bottom;
        double X(double value) => left + (axis.PlaceOf(value) * (right - left));

        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" "));
        svg.Append("role=\"img\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.Append(Invariant($"<title>{Html.Escape(facts.Metric)} of each setting</title>"));
        foreach ((double value, string text) in axis.Ticks(5))
        {
            svg.Append("<path stroke=\"currentColor\" stroke-opacity=\"0.15\" ");
            svg.Append(Invariant($"d=\"M{X(value):0.#} {Top}V{bottom}\"/>"));
            svg.Append(Invariant($"<text x=\"{X(value):0.#}\" y=\"{bottom + 18}\" text-anchor=\"middle\" "));
            svg.Append(Invariant($"fill=\"currentColor\">{Html.Escape(text)}</text>"));
        }

        for (int i = 0; i < summaries.Count; i++)
        {
            AddLine(svg, summaries[i], left, Top + (i * Line) + (Line / 2), X);
        }

        return Html.Of($"""
            <div class="scroll sweep" tabindex="0" role="region"
            aria-label="{facts.Metric}">{Html.Trust($"{svg}</svg>")}</div>
            """);
    }

    private static void AddLine(
        StringBuilder svg, SweepSummary summary, int left, int y, Func<double, double> x)
    {
        string name = SweepFacts.NameOf(summary);
        name = name.Length <= MostLetters ? name : name[..(MostLetters - 1)] + "…";
        svg.Append(Invariant($"<text x=\"{left - Gap}\" y=\"{y + 4}\" text-anchor=\"end\" fill=\"currentColor\">"));
        svg.Append(Html.Escape(name)).Append("</text>");
        foreach (double value in summary.Values)
        {
            svg.Append(Invariant($"<circle cx=\"{x(value):0.#}\" cy=\"{y}\" r=\"2.5\" "));
            svg.Append("fill=\"currentColor\" fill-opacity=\"0.35\"/>");
        }

        if (SweepFacts.IntervalOf(summary) is ConfidenceInterval interval)
        {
            svg.Append("<path class=\"series-0\" stroke=\"currentColor\" stroke-width=\"2\" ");
            svg.Append(Invariant($"d=\"M{x(interval.Low):0.#} {y}H{x(interval.High):0.#}\"/>"));
        }

        svg.Append(Invariant($"<circle class=\"mean\" cx=\"{x(summary.Mean!.Value):0.#}\" cy=\"{y}\" r=\"5\"/>"));
    }
}
