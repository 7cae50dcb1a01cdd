namespace MnistNet.Tests;

public sealed class DiagnosisTests
{
    private static readonly MnistDataset s_data = SyntheticDigits.Create(trainCount: 1500, testCount: 500, seed: 1);

    [Theory]
    [InlineData(Activation.ReLU, 10)]
    [InlineData(Activation.Tanh, 30)]
    [InlineData(Activation.Sigmoid, 20)]
    [InlineData(Activation.LeakyReLU, 64)]
    public void A_healthy_run_has_no_findings(Activation activation, int hidden)
    {
        TrainingResult result = Train(
            new TrainingSettings { Alpha = 0.1, Iterations = 60 }, Network.Create([hidden], activation, seed: 3));
        Assert.Empty(Diagnosis.OfTraining(result, s_data.Train));
        Assert.Empty(
            Diagnosis.OfEvaluation(
                Evaluation.Measure(
                    result.Network, s_data.Test, cancellationToken: TestContext.Current.CancellationToken),
                s_data.Test));
    }

    [Fact]
    public void Mini_batches_with_Adam_are_healthy()
        => Assert.Empty(
            Diagnosis.OfTraining(
                Train(
                    new TrainingSettings { Optimizer = Optimizer.Adam, BatchSize = 32, Epochs = 2 },
                    Network.Create([32], seed: 3)),
                s_data.Train));

    [Fact]
    public void Steps_that_are_too_long_leave_dead_units_that_say_one_thing()
    {
        TrainingResult result = Train(
            new TrainingSettings { Alpha = 10, Iterations = 40 }, Network.Create([10], seed: 1));
        IReadOnlyList<TrainingDiagnostic> findings = Diagnosis.OfTraining(result, s_data.Train);

        Assert.Equal(["LossExploded", "DeadUnits", "OneClass"], findings.Select(finding => finding.Id));
        Assert.Matches(
            @"^\d+ of 10 units of hidden layer 1 are dead: .* `Alpha`",
            findings.Single(finding => finding.Id == "DeadUnits").Message);
        Assert.Matches(@"smaller `Alpha`, such as 0\.1\.$", findings[0].Message);
        Assert.Equal(
            ["DeadUnits", "OneClass"],
            Diagnosis.OfEvaluation(
                Evaluation.Measure(
                    result.Network, s_data.Test, cancellationToken: TestContext.Current.CancellationToken),
                s_data.Test).Select(finding => finding.Id));
    }

    [Fact]
    public void A_loss_that_exploded_is_not_said_to_need_a_larger_alpha()
    {
        TrainingResult result = Train(
            new TrainingSettings { Alpha = 1e6, Iterations = 30 }, Network.Create([10], seed: 0));
        IReadOnlyList<TrainingDiagnostic> findings = Diagnosis.OfTraining(result, s_data.Train);

        Assert.Equal("LossExploded", findings[0].Id);
        Assert.Matches(@"^The loss rose from \d\.\d\d to \d\.\dE\+\d+ at iteration", findings[0].Message);
        Assert.DoesNotContain("LossStuck", findings.Select(finding => finding.Id));
    }

    [Fact]
    public void Weights_that_all_begin_at_0_are_found_out()
    {
        TrainingResult result = Train(
            new TrainingSettings { Alpha = 0.1, Iterations = 30 }, Network.Create([10], initializer: Initializer.Zero));
        Assert.Contains("DeadUnits", Diagnosis.OfTraining(result, s_data.Train).Select(finding => finding.Id));
    }

    [Fact]
    public void A_loss_that_does_not_move_is_told_with_its_learning_rate()
    {
        TrainingResult result = Train(
            new TrainingSettings { Alpha = 1e-6, Iterations = 20 }, Network.Create([10], seed: 1));
        TrainingDiagnostic finding = Assert.Single(Diagnosis.OfTraining(result, s_data.Train));
        Assert.Equal("LossStuck", finding.Id);
        Assert.Contains("larger `Alpha` (it was 1E-06)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_is_trained_already_is_not_stuck()
    {
        TrainingResult trained = Train(
            new TrainingSettings { Alpha = 0.2, Iterations = 150 }, Network.Create([16], seed: 1));
        TrainingResult again = Train(new TrainingSettings { Alpha = 1e-5, Iterations = 20 }, trained.Network);
        Assert.DoesNotContain("LossStuck", Diagnosis.OfTraining(again, s_data.Train).Select(finding => finding.Id));
    }

    [Fact]
    public void A_run_that_diverged_says_that_alone()
    {
        TrainingResult result = Train(
            new TrainingSettings { Alpha = 1e30, Iterations = 20 }, Network.Create([10], seed: 1));
        Assert.Equal(StopReason.Diverged, result.StopReason);
        Assert.Equal("Diverged", Assert.Single(Diagnosis.OfTraining(result, s_data.Train)).Id);
    }

    [Fact]
    public void Digits_learned_by_heart_are_found_out()
    {
        DigitSet few = s_data.Train.Take(60);
        TrainingResult result = Trainer.Train(
            Network.Create([64], seed: 1),
            few,
            s_data.Test,
            new TrainingSettings { Alpha = 0.2, Iterations = 200 },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("Overfitting", Diagnosis.OfTraining(result, few).Select(finding => finding.Id));
    }

    [Fact]
    public void Digits_that_are_all_the_same_may_all_be_called_the_same()
    {
        TrainingResult result = Train(
            new TrainingSettings { Alpha = 0.1, Iterations = 60 }, Network.Create([10], seed: 3));
        int[] ones = [.. Enumerable.Range(0, s_data.Test.Count).Where(i => s_data.Test[i].Label == 1)];
        DigitSet only = s_data.Test.Select(ones);
        Assert.Empty(
            Diagnosis.OfEvaluation(
                Evaluation.Measure(result.Network, only, cancellationToken: TestContext.Current.CancellationToken),
                only));
    }

    private static TrainingResult Train(TrainingSettings settings, Network network)
        => Trainer.Train(
            network, s_data.Train, s_data.Test, settings, cancellationToken: TestContext.Current.CancellationToken);
}
