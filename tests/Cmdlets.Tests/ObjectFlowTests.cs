namespace MnistNet.Cmdlets.Tests;

/// <summary>What one cmdlet puts out, another takes in.</summary>
public sealed class ObjectFlowTests : IDisposable
{
    private readonly ModuleShell _shell = new();

    public ObjectFlowTests()
    {
        _shell.Run("$data = Import-Mnist -Synthetic -Count 60 -Seed 1");
        _shell.Run("$a = New-Network -Seed 1; $b = New-Network -Seed 2; $c = New-Network 5 -Seed 3");
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("$data | Measure-Network $a")]
    [InlineData("$a | Measure-Network -Data $data")]
    [InlineData("Measure-Network $a -Data $data")]
    public void A_network_comes_by_position_by_name_and_down_the_pipeline(string script)
        => Assert.Equal(_shell.Get<Network>("a"), _shell.Run(script).Single<Evaluation>().Network);

    [Fact]
    public void Networks_that_come_down_the_pipeline_are_measured_one_by_one()
    {
        string[] names = [.. _shell.Run(
            "$a, $b, $c | Measure-Network -Data $data").All<Evaluation>().Select(e => e.NetworkName)];
        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.Contains("ReLU", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Several_networks_given_at_once_answer_as_one_and_are_named()
    {
        Outcome outcome = _shell.Run("$data | Get-Prediction $a, $b, $c -First 1 -Verbose");
        Prediction prediction = outcome.Single<Prediction>();
        Assert.Equal(3, prediction.Network.Split(" + ").Length);
        Assert.Contains("the mean of their log-probabilities", outcome.Verbose[0], StringComparison.Ordinal);

        double[][] each = [.. new[] { "a", "b", "c" }.Select(name =>
            _shell.Run($"$data | Get-Prediction ${name} -First 1").Single<Prediction>().Probabilities.ToArray())];
        double[] product =
            [.. Enumerable.Range(0, 10).Select(k => Math.Pow(each[0][k] * each[1][k] * each[2][k], 1.0 / 3))];
        for (int k = 0; k < 10; k++)
        {
            Assert.Equal(product[k] / product.Sum(), prediction.Probabilities[k], 5);
        }
    }

    [Fact]
    public void An_ensemble_of_one_network_thrice_is_that_network()
    {
        Evaluation alone = _shell.Run("$data | Measure-Network $a").Single<Evaluation>();
        Evaluation thrice = _shell.Run("$data | Measure-Network $a, $a, $a").Single<Evaluation>();
        Assert.Equal(alone.Confusion.ToArray().Cast<int>(), thrice.Confusion.ToArray().Cast<int>());
        Assert.Equal(alone.Loss, thrice.Loss, 5);
        Assert.Equal(3, thrice.Networks.Count);
        Assert.Null(thrice.Network);
    }

    [Fact]
    public void Networks_of_other_inputs_cannot_be_averaged_and_the_error_names_both()
    {
        _shell["odd"] = Network.Create([4], inputs: 49);
        Outcome outcome = _shell.Attempt("$data | Get-Prediction $a, $odd");
        Assert.Equal("EnsembleShapesDiffer", outcome.ErrorId);
        Assert.Contains("784-10-10", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("49-4-10", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_lead_to_their_digits_whichever_part_they_are_of()
    {
        _shell.Run(
            "$wrong = @($data.Train | Get-Prediction $a -Wrong -First 4); $digits = @($wrong | Get-Digit -Data $data)");
        Prediction[] wrong = _shell.Run("$wrong").All<Prediction>();
        Digit[] digits = _shell.Run("$digits").All<Digit>();
        Assert.Equal(wrong.Select(p => (p.Index, p.Label, p.Set)), digits.Select(d => (d.Index, d.Label, d.Set)));
        Assert.Equal(wrong.OrderByDescending(p => p.Loss), wrong);
        Assert.All(wrong, p => Assert.False(p.IsCorrect));
    }

    [Fact]
    public void Digits_picked_by_hand_keep_the_set_that_their_index_counts_in()
        => Assert.Equal("True", _shell.Run(
            "$p = $data | Get-Digit -Index 7, 3 | Get-Prediction $a; $d = $p | Get-Digit -Data $data; "
            + "\"$(($d.Index -join ' ') -eq '7 3' -and $d[0].Label -eq $p[0].Label)\"").Text[0]);

    [Fact]
    public void Predictions_of_one_set_do_not_lead_into_another()
    {
        Outcome outcome = _shell.Attempt(
            "$other = Import-Mnist -Synthetic -Count 20 -Split Test -Seed 9; $data.Train | Get-Prediction $a -First 1 "
                + "| Get-Digit -Data $other");
        Assert.Equal("IndexOfAnotherSet", outcome.ErrorId);
    }

    [Fact]
    public void Digits_that_come_down_the_pipeline_are_not_asked_for_by_their_own_index()
        => Assert.Equal(3, _shell.Run("$data | Get-Digit -First 3 | Get-Digit").Output.Count);

    [Theory]
    [InlineData("10", "784-10-10")]
    [InlineData("'32-16'", "784-32-16-10")]
    [InlineData("32,16", "784-32-16-10")]
    [InlineData("'32,16'", "784-32-16-10")]
    [InlineData("$b.Hidden", "784-10-10")]
    [InlineData("'none'", "784-10")]
    public void Hidden_layers_have_one_notation_everywhere(string hidden, string shape)
    {
        Assert.Equal(shape, _shell.Run($"New-Network -Hidden {hidden}").Single<Network>().Shape);
        Assert.Equal(
            shape, _shell.Run(
                $"$data | Invoke-Training -Hidden {hidden} -Iterations 1").Single<TrainingResult>().Network.Shape);
    }

    [Fact]
    public void A_sweep_takes_shapes_in_the_same_notations()
        => Assert.Equal(
            ["10", "32-16", "6-4"],
            _shell.Run("$data | Invoke-TrainingSweep -Hidden 10, '32,16', (6,4) -Iterations 1 -ThrottleLimit 1")
                .All<SweepRun>().Select(run => run.Hidden).Order());

    [Fact]
    public void A_row_of_a_sweep_run_again_gives_the_same_fingerprint()
    {
        _shell.Run(
            "$rows = $data | Invoke-TrainingSweep -Hidden 10, '6-4' -Alpha 0.1, 0.5 -Seed 1, 2 -Iterations 3 "
            + "-ValidationFraction 0.2");
        _shell.Run("$again = $rows | Invoke-Training -Data $data");
        Assert.Equal(
            _shell.Run("$rows").All<SweepRun>().Select(run => run.NetworkFingerprint),
            _shell.Run("$again").All<TrainingResult>().Select(result => result.Fingerprint));
    }

    [Fact]
    public void The_best_row_that_keeps_its_network_is_a_training_from_the_start_too()
    {
        _shell.Run(
            "$best = $data | Invoke-TrainingSweep -Alpha 0.1, 0.5 -Iterations 3 -ValidationFraction 0.2 -KeepBest "
            + "| Where-Object Network; $again = $best | Invoke-Training -Data $data");
        Assert.Equal(_shell.Run("$best.Network").Single<Network>(), _shell.Get<TrainingResult>("again").Network);
    }

    [Fact]
    public void A_row_of_text_is_a_training_and_passes_over_what_its_optimiser_does_not_use()
    {
        _shell.Run(
            "$row = [pscustomobject]@{ Hidden = '6-4'; Alpha = '0.25'; Momentum = '0.9'; Beta1 = ''; Iterations = '2'; "
            + "Seed = '7'; TestAccuracy = '0.5' }");
        TrainingResult result = _shell.Run("$row | Invoke-Training -Data $data").Single<TrainingResult>();
        Assert.Equal(("784-6-4-10", 0.25, 2, 7), (result.Network.Shape, result.Alpha, result.Iterations, result.Seed));
        Assert.Equal("784-6-4-10", _shell.Run("$row | New-Network").Single<Network>().Shape);
    }

    [Fact]
    public void What_is_typed_takes_precedence_over_the_row()
    {
        _shell.Run("$row = [pscustomobject]@{ Hidden = 6; Alpha = 0.25; Epochs = 3; BatchSize = 10; Seed = 7 }");
        TrainingResult result = _shell.Run(
            "$row | Invoke-Training -Data $data -Alpha 0.5 -Iterations 2 -Hidden 4").Single<TrainingResult>();
        Assert.Equal(("784-4-10", 0.5, 2, 7), (result.Network.Shape, result.Alpha, result.Iterations, result.Seed));
    }

    [Theory]
    [InlineData("@{ Alhpa = 0.5; Seed = 1 }", "'Alhpa' is not a setting")]
    [InlineData("@{ Alpha = '0,5' }", "Numbers have a point")]
    [InlineData("@{ 'Hidden;Alpha;Seed' = '10;0.5;1' }", "-Delimiter")]
    public void A_row_that_is_none_says_what_is_wrong(string row, string says)
        => Assert.Contains(
            says,
            _shell.Attempt($"[pscustomobject]{row} | Invoke-Training -Data $data -Iterations 1").Error.ToString(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("-Optimizer Sgd -lr 0.5")]
    [InlineData("-Optimizer GradientDescent -LearningRate 0.5")]
    public void Names_from_other_libraries_are_understood(string arguments)
        => Assert.Equal(0.5, _shell.Run(
            $"$data | Invoke-Training -Iterations 1 {arguments}").Single<TrainingResult>().Alpha);

    [Fact]
    public void Random_digits_without_a_seed_differ_and_the_seed_is_told()
    {
        Outcome outcome = _shell.Run("$data | Get-Digit -Random 5 -Verbose");
        string seed = outcome.Verbose.Single(
            line => line.Contains("-Seed", StringComparison.Ordinal)).Split(' ')[^1].TrimEnd('.');
        Assert.Equal(
            outcome.All<Digit>().Select(digit => digit.Index),
            _shell.Run($"$data | Get-Digit -Random 5 -Seed {seed}").All<Digit>().Select(digit => digit.Index));
    }
}
