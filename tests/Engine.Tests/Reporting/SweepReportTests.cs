namespace MnistNet.Tests;

public sealed class SweepReportTests
{
    private static readonly SweepRun[] s_runs =
    [
        .. from hidden in new[] { "10", "32" }
           from alpha in new[] { 0.1, 0.5 }
           from seed in new[] { 1, 2, 3 }
           select Run(hidden, alpha, seed, 0.8 + (hidden == "32" ? 0.1 : 0) + (alpha / 10) + (seed / 1000.0)),
    ];

    private static SweepRun Run(
        string hidden,
        double alpha,
        int seed,
        double? accuracy,
        Optimizer optimizer = Optimizer.GradientDescent,
        string error = "") => new()
        {
            Hidden = hidden,
            Alpha = alpha,
            Seed = seed,
            Optimizer = optimizer,
            Data = "MNIST train",
            DataFingerprint = "data",
            TestAccuracy = accuracy,
            TrainAccuracy = 0.9,
            Loss = 0.3,
            Seconds = 1,
            Error = error,
        };

    [Fact]
    public void The_best_setting_and_the_best_run_come_first()
    {
        string page = SweepReport.Build(s_runs, new ReportOptions { CommandOf = run => $"seed <{run.Seed}>" });
        Markup.RequireBalance(page);
        string summary = Markup.TextOf(Markup.Section(page, "summary")!);
        Assert.Contains("best: Hidden 32, Alpha 0.5", summary, StringComparison.Ordinal);
        Assert.EndsWith("seed <3>", summary, StringComparison.Ordinal);
        Assert.Contains("1 32 0.5 3 95.30 %", Markup.TextOf(Markup.Section(page, "best")!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_has_its_mean_and_its_interval_as_Measure_tells_them()
    {
        string text = Markup.TextOf(Markup.Section(SweepReport.Build(s_runs, new ReportOptions()), "intervals")!);
        SweepSummary best = SweepSummary.Of(s_runs)[0];
        Assert.Contains(
            $"Hidden 32, Alpha 0.5 {ReportNumbers.Exact(best.Mean)} {ReportNumbers.Exact(best.IntervalLow)} to "
                + ReportNumbers.Exact(best.IntervalHigh),
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_figure_is_drawn_over_the_number_that_varies_with_an_interval_at_each_point()
    {
        string curve = Markup.Section(SweepReport.Build(s_runs, new ReportOptions()), "curves")!;
        Assert.Contains("Over Alpha", curve, StringComparison.Ordinal);
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(curve, "stroke-width=\"1.5\""));
    }

    [Fact]
    public void No_interval_of_an_accuracy_reaches_beyond_certainty()
    {
        SweepRun[] wild = [Run("10", 0.1, 1, 0.5), Run("10", 0.1, 2, 0.99)];
        string text = Markup.TextOf(Markup.Section(SweepReport.Build(wild, new ReportOptions()), "intervals")!);
        Assert.Contains("0.00 % to 100.00 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_of_names_has_no_curve_and_one_run_no_interval()
    {
        SweepRun[] runs = [s_runs[0], Run("10", 0.1, 2, 0.9, Optimizer.Adam)];
        string page = SweepReport.Build(runs, new ReportOptions());
        Assert.Null(Markup.Section(page, "curves"));
        Assert.Contains("Optimizer Adam", page, StringComparison.Ordinal);
        Markup.RequireBalance(page);
    }

    [Fact]
    public void Failed_runs_are_counted_and_an_error_text_is_not_markup()
    {
        SweepRun[] runs = [s_runs[0], Run("10", 0.1, 2, accuracy: null, error: "<b>")];
        Assert.Contains(
            "1 without a figure",
            Markup.TextOf(SweepReport.Build(runs, new ReportOptions())),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_figure_there_is_no_page()
        => Assert.Throws<SettingException>(
            () => SweepReport.Build([new SweepRun { Error = "failed" }], new ReportOptions()));
}
