using System.Text;

namespace MnistNet.Tests;

public sealed class ChartTextTests
{
    private static readonly Chart s_line = Of([(0, 0), (10, 10)]);

    [Theory]
    [InlineData(Renderer.TrueColor)]
    [InlineData(Renderer.Color256)]
    [InlineData(Renderer.Block)]
    [InlineData(Renderer.Ascii)]
    public void A_rising_line_goes_from_the_lower_left_to_the_upper_right(Renderer renderer)
    {
        string[] plot = Plot(s_line, renderer);
        Assert.Equal(10, plot.Length);
        for (int row = 0; row < 10; row++)
        {
            int first = plot[row].IndexOfAnyExcept(' ');
            Assert.InRange(first, (int)(plot[row].Length * 0.1 * (9 - row)) - 8,
                (int)(plot[row].Length * 0.1 * (9 - row)) + 8);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public void No_line_is_wider_than_asked(int width)
    {
        foreach (Renderer renderer in Enum.GetValues<Renderer>().Except([Renderer.Auto]))
        {
            foreach (Chart chart in Charts())
            {
                var screen = new Screen(renderer, width);
                Assert.All(Lines(chart, screen), line => Assert.True(Ansi.Strip(line).Length <= width, line));
            }
        }
    }

    [Fact]
    public void Ascii_is_pure_and_without_colour_there_is_no_escape_byte()
    {
        foreach (Chart chart in Charts())
        {
            Assert.All(Lines(chart, new Screen(Renderer.Ascii, 80)), line => Assert.True(Ascii.IsValid(line), line));
            Assert.All(Lines(chart, new Screen(Renderer.Block, 80)), line => Assert.DoesNotContain('\e', line));
        }
    }

    [Fact]
    public void Without_colour_several_curves_have_marks_that_the_legend_explains()
    {
        var chart = new Chart("two", "x", [Series("up", (0, 0), (10, 10)), Series("down", (0, 10), (10, 0))]);
        string[] lines = [.. Lines(chart, new Screen(Renderer.Block, 80))];
        Assert.StartsWith("* up   o down  ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("  x", lines[^1], StringComparison.Ordinal);
        Assert.Contains(lines[1..11], line => line.Contains('*', StringComparison.Ordinal));
        Assert.Contains(lines[1..11], line => line.Contains('o', StringComparison.Ordinal));
    }

    [Fact]
    public void The_suggestion_is_marked_where_it_is_and_named()
    {
        LearningRateTrial[] trials = [.. Enumerable.Range(0, 50).Select(i
            => new LearningRateTrial(i + 1, 1e-5 * Math.Pow(10, i / 10.0), 2.3 - (i / 30.0), 2.3 - (i / 30.0),
                i == 25))];
        Chart chart = HistoryCharts.OfTrials(trials);
        Assert.True(chart.IsLogX);
        string[] lines = [.. Lines(chart, new Screen(Renderer.Ascii, 80))];
        Assert.Contains(": suggested: alpha = 0.00316", lines[^1], StringComparison.Ordinal);
        int columns = lines[1].Length;
        Assert.Contains(lines[1..11], line => Math.Abs(line.LastIndexOf(':') - (columns / 2)) < 8);
    }

    [Fact]
    public void A_run_that_diverged_is_drawn_as_far_as_it_is_finite()
    {
        HistoryRow[] rows = [.. new double[] { 2.3, 1.5, 4000, double.PositiveInfinity, double.NaN }.Select((loss, i)
            => Row(i + 1, loss))];
        string text = string.Join('\n',
            Lines(HistoryCharts.OfRun("784-10-10", rows)[0], new Screen(Renderer.Ascii, 80)));
        // The range is wide, so the axis is one of powers of ten.
        Assert.Contains("1000 +", text, StringComparison.Ordinal);
        Assert.StartsWith("loss of 784-10-10, not finite in the end", text, StringComparison.Ordinal);

        string nothing = string.Join('\n', Lines(
            HistoryCharts.OfRun("", [Row(1, double.NaN)])[0], new Screen(Renderer.Ascii, 80)));
        Assert.Contains("no finite number", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_of_one_row_is_a_dot()
    {
        string[] plot = Plot(HistoryCharts.OfRun("", [Row(1, 2.3)])[0], Renderer.Ascii);
        Assert.Single(string.Concat(plot), character => character == '*');
    }

    [Fact]
    public void A_million_rows_are_drawn_as_some_thousands()
    {
        HistoryRow[] rows = [.. Enumerable.Range(1, 1_000_000).Select(i => Row(i, 1 + (1.0 / i)))];
        foreach (Chart chart in HistoryCharts.OfRun("", rows))
        {
            Assert.NotEmpty(Lines(chart, new Screen(Renderer.TrueColor, 120)));
            Assert.All(chart.Series, series => Assert.InRange(series.Points.Count, 1, 10_000));
        }
    }

    [Fact]
    public void Epochs_are_counted_where_a_row_is_an_epoch()
    {
        HistoryRow[] epochs = [.. Enumerable.Range(1, 5).Select(i => Row(i * 469, 1.0 / i, epoch: i))];
        Assert.Equal("epoch", HistoryCharts.OfRun("", epochs)[0].XName);
        Assert.Equal("iteration", HistoryCharts.OfRun("", [Row(1, 2), Row(2, 1)])[0].XName);
    }

    [Fact]
    public void A_sweep_is_a_curve_for_each_setting_over_the_one_that_varies_most_with_seeds_as_their_mean()
    {
        SweepRun[] runs = [.. from alpha in new[] { 0.001, 0.01, 0.1 }
                              from hidden in new[] { "10", "32-16" }
                              from seed in new[] { 1, 2 }
                              select new SweepRun
                              {
                                  Alpha = alpha, Hidden = hidden, Seed = seed, TestAccuracy = alpha + (seed / 10.0),
                              }];
        Chart chart = HistoryCharts.OfSweep(runs, HistoryMetric.Accuracy);
        Assert.Equal("Alpha", chart.XName);
        Assert.True(chart.IsLogX);
        Assert.Equal(["Hidden 10", "Hidden 32-16"], chart.Series.Select(series => series.Name));
        Assert.All(chart.Series, series => Assert.Equal(3, series.Points.Count));
        Assert.Equal(0.25, chart.Series[0].Points[2].Y, 1e-12);
        Assert.Throws<SettingException>(() => HistoryCharts.OfSweep(runs, HistoryMetric.ValidationLoss));
    }

    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.3, 2.4, "0.5 1.0 1.5 2.0")]
    [InlineData(1, 700, "200 400 600")]
    [InlineData(0, 100000, "0 20k 40k 60k 80k 100k")]
    [InlineData(-3, 1, "-3 -2 -1 0 1")]
    public void Ticks_are_round_numbers_inside_the_range(double low, double high, string expected)
        => Assert.Equal(expected.Split(' '), new ChartAxis(low, high, false).Ticks(5).Select(tick => tick.Text));

    [Fact]
    public void An_svg_is_well_formed_and_has_a_path_for_each_curve()
    {
        foreach (Chart chart in Charts())
        {
            var svg = System.Xml.Linq.XElement.Parse(ChartSvg.Draw(chart with { Title = "a < b & \"c\"" }, 640, 300));
            Assert.Equal("a < b & \"c\"", svg.Elements().First().Value);
            Assert.Equal(chart.Shown.Count, svg.Descendants()
                .Count(element => (string?)element.Attribute("stroke-width") == "2"));
        }
    }

    private static IEnumerable<Chart> Charts() =>
    [
        s_line,
        Of([(0, 0)]),
        Of([(double.NaN, 1)]),
        Of([(1, 1e-9), (2, 1e9)]),
        new Chart(new string('t', 200), "iteration",
            [.. Enumerable.Range(0, 9).Select(i => Series($"a rather long name of run {i}", (0, i), (5, -i)))]),
        new Chart("α", "α", [Series("smoothed", (1e-5, 2.3), (0.1, 1), (10, 9))]) { IsLogX = true, Mark = 0.1,
            MarkName = "suggested" },
    ];

    private static Chart Of((double X, double Y)[] points) => new("a line", "x", [Series("y", points)]);

    private static ChartSeries Series(string name, params (double X, double Y)[] points)
        => new(name, [.. points.Select(point => new ChartPoint(point.X, point.Y))]);

    private static HistoryRow Row(int iteration, double loss, int? epoch = null)
        => new(iteration, epoch ?? iteration, loss, 0.5, null, null, 0.1, 1, iteration);

    private static IEnumerable<string> Lines(Chart chart, Screen screen)
        => ChartText.Draw(chart, 10, screen).Lines.Select(line => line.ToString());

    /// <summary>The plot without its axis.</summary>
    private static string[] Plot(Chart chart, Renderer renderer)
        => [.. Lines(chart, new Screen(renderer, 80)).Skip(1).Take(10).Select(Ansi.Strip)
            .Select(line => line[(line.IndexOfAny(['│', '┤', '|', '+']) + 1)..])];
}
