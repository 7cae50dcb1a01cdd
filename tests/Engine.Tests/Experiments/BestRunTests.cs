namespace MnistNet.Tests;

public sealed class BestRunTests
{
    private static readonly DigitSet Digits = SmallDigits.Make(100);

    private static readonly SweepPlan Plan = SweepPlan.Grid(
        [new("Alpha", [0.001, 0.5]), new("Seed", [1, 2]), new("Iterations", [30]), new("ValidationFraction", [0.2])]);

    [Fact]
    public void The_best_run_by_validation_accuracy_keeps_its_network_and_the_others_let_theirs_go()
    {
        SweepRun[] rows = [.. Run(keepNetworks: true)];
        var best = new BestRun();
        foreach (SweepRun row in rows)
        {
            best.Observe(row);
        }

        SweepRun winner = Assert.Single(rows, row => row.Network is not null);
        Assert.Same(best.Row, winner);
        Assert.Equal(rows.Max(row => row.ValidationAccuracy), winner.ValidationAccuracy);
        Assert.Equal(nameof(SweepRun.ValidationAccuracy), best.Figure);
        Assert.Equal(winner.NetworkFingerprint, winner.Network!.Fingerprint);
    }

    [Fact]
    public void A_best_run_without_its_network_is_trained_again_to_the_same_bits()
    {
        var best = new BestRun();
        foreach (SweepRun row in Run(keepNetworks: false))
        {
            Assert.Null(row.Network);
            best.Observe(row);
        }

        Assert.True(best.Complete(Digits, TestContext.Current.CancellationToken));
        Assert.Equal(best.Row!.NetworkFingerprint, best.Row.Network!.Fingerprint);
    }

    [Fact]
    public void A_row_judged_by_digits_held_out_counts_for_more_than_one_judged_by_the_test_set()
    {
        var best = new BestRun();
        best.Observe(new SweepRun { TestAccuracy = 0.99 });
        Assert.Equal(nameof(SweepRun.TestAccuracy), best.Figure);
        best.Observe(new SweepRun { ValidationAccuracy = 0.5 });
        best.Observe(new SweepRun { TestAccuracy = 0.999 });

        Assert.Equal(nameof(SweepRun.ValidationAccuracy), best.Figure);
    }

    private static IEnumerable<SweepRun> Run(bool keepNetworks) => SweepRunner.Run(
        Enumerable.Range(0, (int)Plan.Count)
            .Select(position => Plan[position]), Digits, null, 2, 1, keepNetworks,
            TestContext.Current.CancellationToken);
}
