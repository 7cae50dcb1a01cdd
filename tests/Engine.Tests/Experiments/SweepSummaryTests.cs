namespace MnistNet.Tests;

public sealed class SweepSummaryTests
{
    [Fact]
    public void Settings_are_summed_up_over_their_seeds_the_best_first()
    {
        IReadOnlyList<SweepSummary> summaries = SweepSummary.Of(
            [Row("10", 1, 0.90), Row("10", 2, 0.92), Row("30", 1, 0.95), Row("30", 2, 0.93), Row("30", 3, 0.94)]);

        Assert.Equal(["Hidden 30", "Hidden 10"], summaries.Select(summary => summary.Setting));
        Assert.Equal(0.94, summaries[0].Mean!.Value, 1e-12);
        Assert.Equal(0.01, summaries[0].StandardDeviation!.Value, 1e-12);

        // t of 2 degrees of freedom at 97.5 % is 4.302653 in the usual tables.
        Assert.Equal(0.94 + (4.302653 * 0.01 / Math.Sqrt(3)), summaries[0].IntervalHigh!.Value, 1e-7);
        Assert.Equal((0.93, 0.95, 1), (summaries[0].Minimum, summaries[0].Maximum, summaries[0].BestSeed));
        Assert.Equal((3, 0), (summaries[0].Runs, summaries[0].Failed));
    }

    [Fact]
    public void Failed_runs_are_counted_and_not_averaged()
    {
        SweepSummary summary = Assert.Single(
            SweepSummary.Of(
                [Row("10", 1, 0.9), Row("10", 2, null).With(row => row.Error = "failed"), Row("10", 3, double.NaN)]));

        Assert.Equal((1, 2, 0.9), (summary.Runs, summary.Failed, summary.Mean));
        Assert.Null(summary.StandardDeviation);
        Assert.Null(summary.IntervalLow);
    }

    [Fact]
    public void A_loss_is_best_when_it_is_smallest()
    {
        IReadOnlyList<SweepSummary> summaries = SweepSummary.Of(
            [Row("10", 1, 0.9).With(row => row.Loss = 0.4), Row("30", 1, 0.8).With(row => row.Loss = 0.3)], "loss");

        Assert.Equal(("Hidden 30", 0.3), (summaries[0].Setting, summaries[0].Minimum));
    }

    [Fact]
    public void An_interval_stays_within_what_the_figure_can_be()
    {
        SweepRun[] rows =
            [Row("10", 1, 0.70).With(row => row.Loss = 0.01), Row("10", 2, 0.89).With(row => row.Loss = 4.3)];
        SweepSummary accuracy = Assert.Single(SweepSummary.Of(rows));
        SweepSummary loss = Assert.Single(SweepSummary.Of(rows, "Loss"));

        Assert.Equal((0, 1), (accuracy.IntervalLow, accuracy.IntervalHigh));
        Assert.Equal(0, loss.IntervalLow);
        Assert.InRange(loss.IntervalHigh!.Value, 4.3, 100);
    }

    [Fact]
    public void Rows_of_different_data_are_not_averaged()
        => Assert.Equal(
            "SweepDataDiffers",
            Assert.Throws<SettingException>(
                () => SweepSummary.Of(
                    [Row("10", 1, 0.9), Row("10", 2, 0.9).With(row => row.DataFingerprint = "other")])).ErrorId);

    [Fact]
    public void Rows_without_any_figure_are_refused()
        => Assert.Contains(
            "no run succeeded",
            Assert.Throws<SettingException>(() => SweepSummary.Of([Row("10", 1, null)])).Message,
            StringComparison.Ordinal);

    private static SweepRun Row(string hidden, int seed, double? accuracy) =>
        new() { Hidden = hidden, Seed = seed, TestAccuracy = accuracy, DataFingerprint = "data" };
}
