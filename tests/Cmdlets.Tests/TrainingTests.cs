namespace MnistNet.Cmdlets.Tests;

public sealed class TrainingTests : IDisposable
{
    private readonly ModuleShell _shell = new();

    public TrainingTests() => _shell.Run("""
        $WarningPreference = 'SilentlyContinue'
        $data = Import-Mnist -Synthetic -Count 300
        $nameless = [MnistNet.DigitSet]::new('nameless', [byte[]]::new(784), $null, 28, 28, $null)
        """);

    public static TheoryData<string, string> SettingsThatCannotBeMeant => new()
    {
        { "-Alpha 0", "'Alpha'. 0 was given" },
        { "-Alpha -0.1", "'Alpha'. -0.1 was given" },
        { "-Alpha ([double]::NaN)", "'Alpha'. NaN was given" },
        { "-Alpha ([double]::PositiveInfinity)", "'Alpha'. Infinity was given" },
        { "-Iterations 0", "'Iterations'. 0 was given; a whole number of at least 1 is needed" },
        { "-Hidden 0", "'Hidden'. 0 was given; a whole number of at least 1 and at most 16,384 is needed" },
        { "-Hidden (10, -3)", "'Hidden'. -3 was given" },
        { "-BatchSize 0 -Epochs 1", "'BatchSize'. 0 was given" },
        { "-Threads 0", "'Threads'. 0 was given" },
        { "-Threads 10000", "'Threads'. 10" },
        { "-MaxSeconds ([double]::NaN)", "'MaxSeconds'. NaN was given" },
        { "-TargetAccuracy 1.5", "'TargetAccuracy'. 1.5 was given; a number above 0 and at most 1 is needed" },
        { "-ValidationFraction 1", "'ValidationFraction'. 1 was given; a number of at least 0 and below 1 is needed" },
        { "-Optimizer Sgdd", "GradientDescent" },
        { "-Momentum 0.5", "Momentum and Nesterov" },
        { "-Beta1 0.5 -Optimizer Momentum", "Adam and AdamW" },
        { "-Beta2 0.5", "Adam and AdamW" },
    };

    [Fact]
    public void It_trains_a_new_784_10_10_network_with_the_defaults_of_its_help()
    {
        TrainingResult run = _shell.Run("$data | Invoke-Training -Iterations 3").Single<TrainingResult>();
        Assert.Equal("784-10-10", run.Network.Shape);
        Assert.Equal(0.1, run.Alpha);
        Assert.Equal(StopReason.Completed, run.StopReason);
        Assert.Equal(3, run.History.Count);
        Assert.Equal(0, run.Seed);
    }

    [Fact]
    public void It_runs_700_iterations_when_nothing_else_is_said()
        => Assert.Equal(["700"], _shell.Text("($data.Train | Get-Digit -First 20 | Invoke-Training).Iterations"));

    [Fact]
    public void A_dataset_is_tested_on_Test_and_a_set_not_at_all()
    {
        Assert.NotNull(_shell.Run("$data | Invoke-Training -Iterations 2").Single<TrainingResult>().TestAccuracy);
        Assert.Null(_shell.Run("$data.Train | Invoke-Training -Iterations 2").Single<TrainingResult>().TestAccuracy);
    }

    [Fact]
    public void It_learns()
    {
        TrainingResult run = _shell.Run("$data | Invoke-Training -Alpha 0.5 -Iterations 150").Single<TrainingResult>();
        Assert.True(run.TrainAccuracy > 0.6);
        Assert.True(run.History[^1].Loss < run.History[0].Loss);
    }

    [Fact]
    public void The_same_command_gives_the_same_bits_and_another_seed_others()
    {
        Network first = Train("-Iterations 5");
        AssertSame(first, Train("-Iterations 5"));
        AssertSame(first, Train("-Iterations 5 -Threads 1"));
        Assert.NotEqual(Numbers(first), Numbers(Train("-Iterations 5 -Seed 1")));
    }

    [Theory]
    [InlineData("$network | Invoke-Training -Data $data -Iterations 2")]
    [InlineData("$data | Invoke-Training -Network $network -Iterations 2")]
    [InlineData("Invoke-Training -Network $network -Data $data.Train -Iterations 2")]
    [InlineData("$network | Invoke-Training -Data $data -BatchSize 50 -Epochs 1")]
    [InlineData("$data | Invoke-Training -Network $network -BatchSize 50 -Iterations 2")]
    public void Network_and_data_come_by_pipe_or_by_name(string command)
    {
        _shell.Run("$network = New-Network -Hidden 7 -Seed 1");
        Assert.Equal("784-7-10", _shell.Run(command).Single<TrainingResult>().Network.Shape);
    }

    [Fact]
    public void It_goes_on_from_a_result_as_one_longer_run_would()
    {
        Network rest = _shell.Run(
            "$data | Invoke-Training -Iterations 5 | Invoke-Training -Data $data -Iterations "
            + "5").Single<TrainingResult>().Network;
        AssertSame(Train("-Iterations 10"), rest);
    }

    [Fact]
    public void It_takes_a_network_from_a_file()
    {
        using var folder = new MnistNet.Tests.TemporaryFolder();
        _shell["file"] = folder["five.safetensors"];
        _shell.Run("New-Network -Hidden 5 | Export-Network -Path $file");
        string[] shapes = _shell.Text("""
            ($data | Invoke-Training -Network $file -Iterations 1).Network.Shape
            ([System.IO.FileInfo] $file | Invoke-Training -Data $data -Iterations 1).Network.Shape
            """);
        Assert.Equal(["784-5-10", "784-5-10"], shapes);
    }

    [Fact]
    public void The_network_it_was_given_stays_as_it_was()
    {
        _shell.Run("$network = New-Network");
        double[] before = Numbers(_shell.Get<Network>("network"));
        _shell.Run("$network | Invoke-Training -Data $data -Iterations 5");
        Assert.Equal(before, Numbers(_shell.Get<Network>("network")));
    }

    [Fact]
    public void Digits_from_the_pipeline_are_gathered_into_one_training()
    {
        TrainingResult piped = _shell.Run(
            "$data.Train | Get-Digit -First 40 | Invoke-Training -Iterations 1").Single<TrainingResult>();
        TrainingResult given = _shell.Run(
            "Invoke-Training -Data ($data.Train | Get-Digit -First 40) -Iterations 1").Single<TrainingResult>();
        Assert.Equal(given.Loss, piped.Loss);
    }

    [Fact]
    public void It_trains_once_for_each_set_and_each_network()
    {
        Assert.Equal(2, _shell.Run("$data, $data.Test | Invoke-Training -Iterations 1").Output.Count);
        Assert.Equal(2, _shell.Run(
            "(New-Network), (New-Network -Seed 1) | Invoke-Training -Data $data -Iterations 1").Output.Count);
    }

    [Theory]
    [InlineData(Optimizer.GradientDescent)]
    [InlineData(Optimizer.Momentum)]
    [InlineData(Optimizer.Nesterov)]
    [InlineData(Optimizer.Adam)]
    [InlineData(Optimizer.AdamW)]
    public void It_trains_in_batches_for_epochs_with_each_optimiser(Optimizer optimizer)
    {
        TrainingResult run = _shell.Run(
            $"$data | Invoke-Training -BatchSize 50 -Epochs 2 -Optimizer {optimizer}").Single<TrainingResult>();
        Assert.Equal(12, run.Iterations);
        Assert.Equal(optimizer, run.Settings.Optimizer);
    }

    [Fact]
    public void Every_setting_reaches_the_engine()
    {
        string[] settings = _shell.Text("""
            $run = $data | Invoke-Training -Alpha 0.01 -BatchSize 30 -Epochs 2 -Optimizer AdamW -Beta1 0.8 -Beta2 0.99 `
                -Schedule Cosine -WarmUp 0.1 -WeightDecay 0.01 -LabelSmoothing 0.05 `
                -ValidationFraction 0.2 -Patience 9 `
                -MinimumDelta 0.001 -TargetAccuracy 0.999 -MaxSeconds 60 -Threads 1 -Seed 5
            $s = $run.Settings
            $s.Alpha, $s.BatchSize, $s.Epochs, $s.Optimizer, $s.Beta1, $s.Beta2, $s.Schedule, $s.WarmUp, $s.WeightDecay
            $s.LabelSmoothing, $s.ValidationFraction, $s.Patience, $s.MinimumDelta, $s.TargetAccuracy, $s.MaxSeconds,
            $s.Threads, $s.Seed
            ($data | Invoke-Training -Iterations 1 -Optimizer Momentum -Momentum 0.7).Settings.Momentum
            """);
        string[] given =
        [
            "0.01", "30", "2", "AdamW", "0.8", "0.99", "Cosine", "0.1", "0.01",
            "0.05", "0.2", "9", "0.001", "0.999", "60", "1", "5",
            "0.7",
        ];
        Assert.Equal(given, settings);
    }

    [Theory]
    [InlineData("-TargetAccuracy 0.12 -Iterations 500", StopReason.TargetReached)]
    [InlineData("-MaxSeconds 0.05 -Iterations 10000000", StopReason.TimeLimit)]
    public void It_stops_at_a_target_and_at_a_time(string arguments, StopReason reason)
        => Assert.Equal(reason, _shell.Run("$data | Invoke-Training " + arguments).Single<TrainingResult>().StopReason);

    [Fact]
    public void Verbose_says_what_was_decided()
    {
        string told = string.Join('\n', _shell.Run(
            "$data | Invoke-Training -Iterations 2 -Seed 4 -Hidden 6 -Verbose").Verbose);
        Assert.Matches("784-6-10 ReLU.*He, seed 4", told);
        Assert.Contains("synthetic digits train (300 digits, 28×28)", told, StringComparison.Ordinal);
        Assert.Matches(@"learning rate 0\.1, 2 iterations, full batch, seed 4, \d+ threads?", told);
    }

    [Fact]
    public void A_divergence_is_explained_and_leaves_a_finite_network()
    {
        Outcome outcome = _shell.Run(
            "$WarningPreference = 'Continue'; $data | Invoke-Training -Alpha 1e30 -Iterations 50");
        TrainingResult run = outcome.Single<TrainingResult>();
        Assert.Equal(StopReason.Diverged, run.StopReason);
        Assert.Contains("smaller -Alpha, such as 0.1", string.Join('\n', outcome.Warnings), StringComparison.Ordinal);
        Assert.All(Numbers(run.Network), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void A_recipe_gives_network_and_settings()
    {
        TrainingResult run = _shell.Run("$data | Invoke-Training -Recipe Fast98").Single<TrainingResult>();
        Assert.NotEqual("784-10-10", run.Network.Shape);
        Assert.Equal(Optimizer.Adam, run.Settings.Optimizer);
        Assert.Equal("OneCycle", run.Settings.Schedule.ToString());
        Assert.Equal(run.Settings.Epochs, run.History.Count);
    }

    [Fact]
    public void Whatever_else_is_given_takes_precedence_over_a_recipe()
    {
        TrainingResult run = _shell.Run(
            "$data | Invoke-Training -Recipe Fast98 -Hidden 12 -Alpha 0.02 -BatchSize 50 -Epochs "
            + "2").Single<TrainingResult>();
        Assert.Equal("784-12-10", run.Network.Shape);
        Assert.Equal(0.02, run.Alpha);
        Assert.Equal(12, run.Iterations);
        Assert.Equal(0.05, run.Settings.LabelSmoothing);
        Assert.Equal(["4"], _shell.Text(
            "($data | Invoke-Training -Recipe Fast98 -BatchSize 50 -Iterations 4).Iterations"));
    }

    [Fact]
    public void The_classic_recipe_is_the_run_without_one()
    {
        TrainingResult recipe = _shell.Run("$data | Invoke-Training -Recipe Classic").Single<TrainingResult>();
        Assert.Equal(_shell.Run("$data | Invoke-Training").Single<TrainingResult>().Loss, recipe.Loss);
        Assert.Equal(700, recipe.Iterations);
    }

    [Theory]
    [MemberData(nameof(SettingsThatCannotBeMeant))]
    public void A_setting_that_cannot_be_meant_is_refused_before_any_work(string arguments, string tells)
    {
        Outcome outcome = _shell.Attempt(
            $"$began = $false; & {{ $script:began = $true; $data }} | Invoke-Training {arguments}");
        Assert.Contains(tells, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("InvokeTrainingCommand", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(_shell.Get<bool>("began"));
    }

    [Theory]
    [InlineData("-BatchSize 10 -Epochs 1 -Iterations 1", "EpochsAndIterations")]
    [InlineData("-Epochs 1", "EpochsWithoutBatchSize")]
    [InlineData("-BatchSize 1000 -Epochs 1", "BatchLargerThanData")]
    [InlineData("-Patience 2", "PatienceWithoutValidation")]
    [InlineData("-Network (New-Network) -Hidden 20", "SettingOfANewNetwork")]
    public void Settings_that_contradict_each_other_are_refused(string arguments, string id)
    {
        Outcome outcome = _shell.Attempt("$data | Invoke-Training " + arguments);
        Assert.Equal($"{id},MnistNet.Cmdlets.InvokeTrainingCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Equal(System.Management.Automation.ErrorCategory.InvalidArgument, outcome.Error.CategoryInfo.Category);
    }

    [Fact]
    public void A_network_of_another_shape_than_the_data_is_refused_naming_both()
    {
        Outcome outcome = _shell.Attempt(
            "[MnistNet.Network]::Create([int[]] 10, 'ReLU', 'He', 0, 100) | Invoke-Training -Data $data");
        Assert.Equal("NetworkDataShapeMismatch", outcome.ErrorId);
        Assert.Matches("100-10-10.*28×28 = 784", outcome.Error.ToString());
    }

    [Fact]
    public void Data_without_labels_is_reported_and_the_next_goes_on()
    {
        Outcome outcome = _shell.Attempt("$nameless, $data | Invoke-Training -Iterations 1");
        Assert.Equal("LabelsMissing", outcome.ErrorId);
        Assert.Single(outcome.Output);
        Assert.False(outcome.IsEnded);
    }

    [Theory]
    [InlineData("5 | Invoke-Training -Data $data", "cannot be bound")]
    [InlineData("Invoke-Training -Network 5 -Data $data", "A network is needed")]
    [InlineData("Invoke-Training -Network ./nowhere.safetensors -Data $data", "nowhere.safetensors")]
    public void What_is_neither_network_nor_digits_is_refused(string command, string tells)
        => Assert.Contains(tells, _shell.Attempt(command).Error.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Stopping_it_keeps_what_was_learned_in_a_variable()
    {
        using RunningScript running = _shell.Start("$data | Invoke-Training -Iterations 100000000");
        Assert.True(running.UntilProgress().Stop().IsStopped);
        TrainingResult kept = _shell.Get<TrainingResult>("InterruptedTraining");
        Assert.Equal(StopReason.Cancelled, kept.StopReason);
        Assert.True(kept.Iterations > 0);
        Assert.Equal("784-10-10", kept.Network.Shape);
    }

    [Fact]
    public void Progress_shows_loss_accuracy_and_time_left_at_most_ten_times_a_second_and_goes_away()
    {
        Outcome outcome = _shell.Run("$data | Invoke-Training -MaxSeconds 1 -Iterations 100000000");
        var progress =
            outcome.Progress.Where(record => record.Activity.StartsWith("Training", StringComparison.Ordinal)).ToList();
        Assert.InRange(progress.Count, 3, 16);
        Assert.Matches(
            @"^iteration [\d,]+/100,000,000, loss \d\.\d{4}\b.* accuracy \d+\.\d %$", progress[0].StatusDescription);
        Assert.InRange(progress[0].SecondsRemaining, 0, 1);
        Assert.Equal(System.Management.Automation.ProgressRecordType.Completed, progress[^1].RecordType);
        Assert.Equal(StopReason.TimeLimit, outcome.Single<TrainingResult>().StopReason);
    }

    [Fact]
    public void Several_runspaces_at_once_give_the_same_bits()
    {
        Network here = Train("-Iterations 5");
        Parallel.For(0, 3, _ =>
        {
            using var shell = new ModuleShell();
            shell["data"] = _shell["data"];
            AssertSame(here, shell.Run("$data | Invoke-Training -Iterations 5").Single<TrainingResult>().Network);
        });
    }

    public void Dispose() => _shell.Dispose();

    private static double[] Numbers(Network network) =>
        [.. network.Parameters.SelectMany(matrix => matrix.ToArray().Cast<double>())];

    private static void AssertSame(Network expected, Network actual) =>
        Assert.Equal(Numbers(expected), Numbers(actual));

    private Network Train(string arguments) =>
        _shell.Run("$data | Invoke-Training " + arguments).Single<TrainingResult>().Network;
}
