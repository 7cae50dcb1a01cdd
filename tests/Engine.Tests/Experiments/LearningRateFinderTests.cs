namespace MnistNet.Tests;

public sealed class LearningRateFinderTests
{
    private static readonly DigitSet Digits = SmallDigits.Make(300);

    [Fact]
    public void The_learning_rate_grows_until_the_loss_bursts()
    {
        IReadOnlyList<LearningRateTrial> trials = Find(1e-4, 1e12);

        Assert.Equal(trials.Select(trial => trial.Alpha).Order(), trials.Select(trial => trial.Alpha));
        Assert.Equal(1e-4, trials[0].Alpha);
        Assert.InRange(trials.Count, 20, 99);
        Assert.All(trials, trial => Assert.True(double.IsFinite(trial.Loss)));
    }

    [Fact]
    public void One_learning_rate_is_suggested_and_training_with_it_learns()
    {
        LearningRateTrial suggested = Assert.Single(Find(1e-4, 100), trial => trial.IsSuggested);

        TrainingResult run = Trainer.Train(
            Network.Create([10]), Digits, null, new TrainingSettings
            {
                BatchSize = 32,
                Epochs = 10,
                Alpha = suggested.Alpha,
            }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(run.TrainAccuracy!.Value, 0.8, 1);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
        => Assert.Equal(Find(1e-4, 10, threads: 1), Find(1e-4, 10, threads: 3));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.1, double.PositiveInfinity)]
    public void A_range_that_does_not_grow_is_refused(double minimum, double maximum)
        => Assert.Throws<SettingException>(() => Find(minimum, maximum));

    [Fact]
    public void A_batch_larger_than_the_set_is_refused_and_the_usual_one_shrinks_to_a_small_set()
    {
        Assert.Equal(
            "BatchSize",
            Assert.Throws<SettingException>(
                () => LearningRateFinder.Find(
                    Network.Create([10]), Digits, new() { BatchSize = Digits.Count + 1 }, 1e-4, 1, 100)).Setting);
        Assert.NotEmpty(LearningRateFinder.Find(Network.Create([10]), Digits.Take(50), new(), 1e-4, 1, 100));
    }

    [Theory]
    [InlineData(1e-50, 1)]
    [InlineData(1, 1e50)]
    public void A_learning_rate_that_float32_cannot_hold_is_refused(double minimum, double maximum)
        => Assert.Throws<SettingException>(() => Find(minimum, maximum));

    private static IReadOnlyList<LearningRateTrial> Find(double minimum, double maximum, int? threads = null) =>
        LearningRateFinder.Find(
        Network.Create([10]), Digits, new TrainingSettings
        {
            BatchSize = 32,
            Threads = threads,
        }, minimum, maximum, 100, TestContext.Current.CancellationToken);
}
