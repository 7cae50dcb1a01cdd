namespace MnistNet.Cmdlets.Tests;

public sealed class ShowTrainingHistoryTests : IDisposable
{
    private readonly ModuleShell _shell = new(width: 80);

    public ShowTrainingHistoryTests() => _shell.Run("$data = Import-Mnist -Synthetic -Count 100");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void One_run_is_its_loss_and_its_accuracy()
    {
        string[] lines = _shell.Run("$data | Invoke-Training -Iterations 5 | Show-TrainingHistory").Text;
        Assert.StartsWith("loss of 784-10-10 ReLU", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("accuracy", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.All(lines, line => Assert.DoesNotContain('\e', line));
    }

    [Fact]
    public void The_rows_of_a_history_are_a_run_too()
        => Assert.StartsWith(
            "loss, last ",
            _shell.Run("($data | Invoke-Training -Iterations 5).History | Show-TrainingHistory").Text[0],
            StringComparison.Ordinal);

    [Fact]
    public void Several_runs_are_a_curve_each_named_by_what_differs()
    {
        _shell.Run("$runs = 0.1, 0.5 | ForEach-Object { $data | Invoke-Training -Alpha $_ -Iterations 5 }");
        string[] lines = _shell.Run("$runs | Show-TrainingHistory -Metric Accuracy").Text;
        Assert.Equal("accuracy", lines[0]);
        Assert.StartsWith("* α 0.1   o α 0.5", lines[^1], StringComparison.Ordinal);
        Assert.Equal("MetricMissing", _shell.Attempt("$runs | Show-TrainingHistory -Metric ValidationLoss").ErrorId);
    }

    [Fact]
    public void A_sweep_and_the_finder_are_drawn()
    {
        string[] sweep = _shell.Run(
            "$data | Invoke-TrainingSweep -Alpha 0.01, 0.1 -Hidden 5, 10 -Iterations 2 | Show-TrainingHistory").Text;
        Assert.StartsWith("* Hidden 5   o Hidden 10", sweep[^1], StringComparison.Ordinal);
        Assert.EndsWith("Alpha", sweep[^1], StringComparison.Ordinal);
        string[] finder = _shell.Run(
            "$data | Find-LearningRate -BatchSize 20 -WarningAction Ignore | Show-TrainingHistory").Text;
        Assert.Contains("smoothed", finder[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_curve_is_said()
        => Assert.Equal("InputNotDrawable", _shell.Attempt("'abc' | Show-TrainingHistory").ErrorId);

    [Fact]
    public void Where_nothing_can_be_drawn_over_itself_live_training_shows_the_usual_progress()
    {
        Outcome outcome = _shell.Run("$run = $data | Invoke-Training -Iterations 3000 -Live");
        Assert.NotEmpty(outcome.Progress);
        Assert.Equal(
            _shell.Run("($data | Invoke-Training -Iterations 3000).Network.W1.Norm()").Single<double>(),
            _shell.Run("$run.Network.W1.Norm()").Single<double>());
    }
}
