using System.Text;
using static System.FormattableString;

namespace MnistNet;

/// <summary>Draws charts as vector images; axes and text take the colour of the text around them.</summary>
public static class ChartSvg
{
    private const int Left = 56, Right = 12, Top = 28, Bottom = 40, LegendLine = 18;

    private static readonly string[] s_dashes = ["", "6 5", "2 4", "9 4 2 4"];

    /// <summary>A whole SVG element of a chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels, legend included.</param>
    public static string Draw(Chart chart, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(chart);
        IReadOnlyList<ChartSeries> series = chart.Shown;
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" "));
        svg.Append(Invariant(
            $"viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">"));
        svg.Append(Invariant($"<title>{PictureSvg.Escape(chart.Title)}</title>"));
        AddText(svg, Left, 16, "start", chart.Title);
        if (series.Count == 0)
        {
            AddText(svg, Left, 40, "start", "There is no finite number in it to draw.");
            return svg.Append("</svg>").ToString();
        }

        ChartAxis xs = chart.XAxis(), ys = chart.YAxis(withIntervals: true);
        bool hasLegend = series.Count > 1 || chart.Mark is not null;
        int right = width - Right, bottom = height - Bottom - (hasLegend ? LegendLine : 0);
        double X(double value) => Left + (xs.PlaceOf(value) * (right - Left));
        double Y(double value) => bottom - (ys.PlaceOf(value) * (bottom - Top));

        foreach ((double value, string text) in ys.Ticks(5))
        {
            AddLine(svg, Left, Y(value), right, Y(value), "currentColor\" stroke-opacity=\"0.15");
            AddText(svg, Left - 6, Y(value) + 4, "end", text);
        }

        foreach ((double value, string text) in xs.Ticks(6))
        {
            AddLine(svg, X(value), bottom, X(value), bottom + 4, "currentColor");
            AddText(svg, X(value), bottom + 17, "middle", text);
        }

        AddText(svg, right, bottom + 33, "end", chart.XName);
        AddLine(svg, Left, bottom, right, bottom, "currentColor");
        if (chart.Mark is double mark && xs.PlaceOf(mark) is >= 0 and <= 1)
        {
            AddLine(svg, X(mark), Top, X(mark), bottom, "currentColor\" stroke-dasharray=\"3 3");
        }

        for (int i = 0; i < series.Count; i++)
        {
            AddCurve(svg, chart, i, X, Y);
            foreach (ChartInterval interval in series[i].Intervals)
            {
                svg.Append(Invariant($"<path {StrokeOf(i)} stroke-width=\"1.5\" "));
                svg.Append(Invariant($"d=\"M{X(interval.X):0.#} {Y(interval.Low):0.#}V{Y(interval.High):0.#}\"/>"));
            }
        }

        if (hasLegend)
        {
            AddLegend(svg, chart, series, height - 8);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void AddCurve(
        StringBuilder svg, Chart chart, int number, Func<double, double> x, Func<double, double> y)
    {
        svg.Append(Invariant($"<path {StrokeOf(number)}{DashesOf(number)} fill=\"none\" stroke-width=\"2\" "));
        svg.Append("stroke-linejoin=\"round\" ");
        svg.Append("stroke-linecap=\"round\" d=\"");
        bool isAfterGap = true;
        foreach (ChartPoint point in Thin(chart, chart.Shown[number].Points))
        {
            if (!chart.IsShown(point))
            {
                isAfterGap = true;
                continue;
            }

            // A line of no length after a move makes a single point visible.
            svg.Append(Invariant(
                $"{(isAfterGap ? "M" : "L")}{x(point.X):0.#} {y(point.Y):0.#}{(isAfterGap ? "h0" : "")}"));
            isAfterGap = false;
        }

        svg.Append("\"/>");
    }

    /// <summary>
    /// At most some hundreds of points: each the mean of its neighbours. Gaps stay only where nothing is thinned.
    /// </summary>
    private static IReadOnlyList<ChartPoint> Thin(Chart chart, IReadOnlyList<ChartPoint> points)
    {
        const int Most = 300;
        if (points.Count <= Most)
        {
            return points;
        }

        int share = (points.Count + Most - 1) / Most;
        return [.. points.Where(chart.IsShown).Chunk(share).Select(some
            => new ChartPoint(some.Average(point => point.X), some.Average(point => point.Y)))];
    }

    private static void AddLegend(StringBuilder svg, Chart chart, IReadOnlyList<ChartSeries> series, int y)
    {
        const int LineLength = 18, CharacterWidth = 7, Gap = 18;
        double x = Left;
        for (int i = 0; i < series.Count; i++)
        {
            svg.Append(Invariant(
                $"<path {StrokeOf(i)}{DashesOf(i)} stroke-width=\"3\" d=\"M{x} {y - 4}h{LineLength}\"/>"));
            AddText(svg, x + LineLength + 5, y, "start", series[i].Name);
            x += LineLength + 5 + (series[i].Name.Length * CharacterWidth) + Gap;
        }

        if (chart.Mark is not null)
        {
            AddText(svg, x, y, "start", "┊ " + chart.MarkName);
        }
    }

    /// <summary>The colour of a curve, and a class by which a page can give it one that suits its background.</summary>
    private static string StrokeOf(int number)
        => Invariant($"class=\"series-{number}\" stroke=\"{Chart.ColorOf(number).Hex}\"");

    /// <summary>Dashes tell curves apart where colours do not, and let one be seen below another.</summary>
    private static string DashesOf(int number)
        => s_dashes[number % s_dashes.Length] is { Length: > 0 } dashes ? $" stroke-dasharray=\"{dashes}\"" : "";

    private static void AddLine(StringBuilder svg, double x1, double y1, double x2, double y2, string stroke)
        => svg.Append(Invariant($"<path stroke=\"{stroke}\" d=\"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}\"/>"));

    private static void AddText(StringBuilder svg, double x, double y, string anchor, string text)
    {
        svg.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"currentColor\">"));
        svg.Append(PictureSvg.Escape(text)).Append("</text>");
    }
}
