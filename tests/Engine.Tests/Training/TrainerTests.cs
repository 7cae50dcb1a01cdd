using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

public sealed class TrainerTests
{
    private static readonly MnistDataset Synthetic = SyntheticDigits.Create(1200, 300, seed: 2);

    [Fact]
    public void The_given_network_is_never_changed()
    {
        Network network = Network.Create([10], seed: 4);
        double[] before = [.. network.Parameters.SelectMany(matrix => matrix.Values.ToRowMajorArray())];

        Trainer.Train(network, Synthetic.Train, null, new() { Iterations = 3 });

        Assert.Equal(before, network.Parameters.SelectMany(matrix => matrix.Values.ToRowMajorArray()));
    }

    [Fact]
    public void An_empty_test_set_is_refused()
    {
        var nothing = new DigitSet("nothing", [], []);

        ShapeException exception = Assert.Throws<ShapeException>(
            () => Trainer.Train(Network.Create([10]), Synthetic.Train, nothing, new() { Iterations = 3, Threads = 2 }));

        Assert.Equal("EmptyBatch", exception.ErrorId);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void A_validation_share_that_is_no_share_is_refused(double fraction)
        => Assert.Equal(
            "ValidationFraction",
            Assert.Throws<SettingException>(
                () => Trainer.Train(
                    Network.Create([10]), Synthetic.Train, null, new() { ValidationFraction = fraction })).Setting);

    [Fact]
    public void More_steps_than_can_be_counted_are_refused()
        => Assert.Equal(
            "Epochs",
            Assert.Throws<SettingException>(
                () => Trainer.Train(
                    Network.Create([10]),
                    Synthetic.Train,
                    null,
                    new() { BatchSize = 1, Epochs = int.MaxValue })).Setting);

    [Fact]
    public void A_training_that_is_refused_leaves_no_threads_behind()
    {
        var posters = new DigitSet("posters", new byte[2 * 257 * 257], [0, 1], 257, 257);
        Network network = Network.Create([1], inputs: posters.PixelCount);
        int before = CountThreads();

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(
                "ImageTooLarge",
                Assert.Throws<ShapeException>(() => Trainer.Train(network, posters, null, new() { Threads = 50 }))
                    .ErrorId);
        }

        Assert.InRange(CountThreads() - before, int.MinValue, 200);

        static int CountThreads()
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.Threads.Count;
        }
    }

    [Fact]
    public void The_classic_network_learns_synthetic_digits()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([10]), Synthetic.Train, Synthetic.Test, new() { Iterations = 200, Alpha = 0.5 });

        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(200, result.History.Count);
        Assert.Equal(Enumerable.Range(1, 200), result.History.Select(row => row.Iteration));
        Assert.InRange(result.History[0].Accuracy, 0, 0.3);
        Assert.InRange(result.TrainAccuracy!.Value, 0.9, 1);
        Assert.InRange(result.TestAccuracy!.Value, 0.8, 1);
    }

    [Fact]
    public void Training_goes_on_where_it_stopped()
    {
        Network start = Network.Create([10]);
        TrainingResult whole = Trainer.Train(start, Synthetic.Train, null, new() { Iterations = 20 });
        TrainingResult half = Trainer.Train(start, Synthetic.Train, null, new() { Iterations = 10 });
        TrainingResult rest = Trainer.Train(half.Network, Synthetic.Train, null, new() { Iterations = 10 });

        Assert.Equal(whole.Loss, rest.Loss);
        Assert.Equal(whole.History[10].Loss, rest.History[0].Loss);
    }

    [Fact]
    public void The_last_measurement_is_that_of_the_network_that_is_returned()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([40]),
            Synthetic.Train,
            Synthetic.Test,
            new() { BatchSize = 100, Epochs = 3, Optimizer = Optimizer.Adam });
        Evaluation train = Evaluation.Measure(
            result.Network, Synthetic.Train), test = Evaluation.Measure(result.Network, Synthetic.Test);

        Assert.Equal(train.Accuracy, result.TrainAccuracy);
        Assert.Equal(test.Accuracy, result.TestAccuracy);
        Assert.Equal(train.Loss, result.Loss!.Value, 1e-5);
        Assert.Equal(test.Loss, result.TestLoss!.Value, 1e-5);
    }

    [Fact]
    public void A_history_row_of_mini_batches_is_an_epoch()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([10]), Synthetic.Train, null, new() { BatchSize = 500, Epochs = 4 });

        Assert.Equal([3, 6, 9, 12], result.History.Select(row => row.Iteration));
        Assert.Equal([1, 2, 3, 4], result.History.Select(row => row.Epoch));
        Assert.Equal(12, result.Iterations);
    }

    [Fact]
    public void Iterations_may_end_within_an_epoch()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([10]), Synthetic.Train, null, new() { BatchSize = 500, Iterations = 5 });

        Assert.Equal([3, 5], result.History.Select(row => row.Iteration));
        Assert.Equal(StopReason.Completed, result.StopReason);
    }

    [Theory]
    [InlineData(1e30, null)]
    [InlineData(1e8, 100)]
    public void A_loss_that_bursts_ends_training_with_the_last_finite_network(double alpha, int? batch)
    {
        TrainingResult result = Trainer.Train(
            Network.Create([40]),
            Synthetic.Train,
            Synthetic.Test,
            new() { Alpha = alpha, BatchSize = batch, Iterations = 200, WeightDecay = 0.5 });

        Assert.Equal(StopReason.Diverged, result.StopReason);
        Assert.All(result.Network.Parameters, matrix => Assert.True(matrix.IsFinite()));
        Assert.True(double.IsFinite(result.Loss!.Value));
        Assert.True(double.IsFinite(result.TestAccuracy!.Value));
    }

    /// <summary>
    /// Weight decay of α·λ far above 2 makes the weights grow by the factor α·λ − 1 at each step, beyond float32 in the
    /// end.
    /// </summary>
    public static TheoryData<TrainingSettings, int> Explosions => new()
    {
        { new() { Alpha = 1e8, WeightDecay = 0.5, Iterations = 200 }, 1 },
        { new() { Alpha = 40, WeightDecay = 0.5, Iterations = 200 }, 1 },
        { new() { Alpha = 40, WeightDecay = 0.5, Iterations = 200, Optimizer = Optimizer.Momentum }, 1 },
        { new() { Alpha = 1e8, WeightDecay = 0.5, BatchSize = 100, Epochs = 20 }, 12 },
        { new() { Alpha = 40, WeightDecay = 0.5, BatchSize = 100, Epochs = 20 }, 12 },
        { new() { Alpha = 40, WeightDecay = 0.5, BatchSize = 100, Epochs = 20, Optimizer = Optimizer.Nesterov }, 12 },
        { new() { Alpha = 8, WeightDecay = 0.5, BatchSize = 100, Epochs = 20 }, 12 },
        { new() { Alpha = 40, WeightDecay = 0.5, BatchSize = 100, Epochs = 20, Optimizer = Optimizer.AdamW }, 12 },
    };

    [Theory]
    [MemberData(nameof(Explosions))]
    public void After_a_divergence_the_iterations_are_those_of_the_network_that_comes_back(
        TrainingSettings settings, int stepsPerRow)
    {
        Network start = Network.Create([20], seed: 5);
        TrainingResult result = Trainer.Train(start, Synthetic.Train, null, settings);
        using var cancellation = new CancellationTokenSource();

        Assert.Equal(StopReason.Diverged, result.StopReason);
        Assert.InRange(result.Iterations, 1, int.MaxValue);
        if (result.Iterations % stepsPerRow == 0)
        {
            // The same training, stopped there.
            TrainingResult there = Trainer.Train(
                start,
                Synthetic.Train,
                null,
                settings,
                row => CancelAt(row.Iteration == result.Iterations),
                cancellation.Token);
            Assert.Equal(Flat(there), Flat(result));
        }
        else
        {
            Assert.Empty(result.History);
            TrainingResult there = Trainer.Train(
                start, Synthetic.Train, null, settings with { Epochs = null, Iterations = result.Iterations });
            Assert.Equal(Flat(there), Flat(result));
        }

        void CancelAt(bool isThere)
        {
            if (isThere)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public void After_a_divergence_in_a_later_epoch_the_network_of_the_last_whole_epoch_comes_back()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([20], seed: 5),
            Synthetic.Train,
            null,
            new() { Alpha = 8, WeightDecay = 0.5, BatchSize = 100, Epochs = 20 });

        Assert.NotEmpty(result.History);
        Assert.Equal(result.History[^1].Iteration, result.Iterations);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void With_patience_the_best_network_wins_over_the_last_finite_one(int? batch)
    {
        TrainingResult result = Trainer.Train(
            Network.Create([20], seed: 5), Synthetic.Train, null,
            new()
            {
                Alpha = 8,
                WeightDecay = 0.5,
                BatchSize = batch,
                Iterations = 500,
                ValidationFraction = 0.25,
                Patience = 100,
            });
        HistoryRow best =
            result.History.Where(row => double.IsFinite(row.ValidationLoss!.Value)).MinBy(row => row.ValidationLoss)!;

        Assert.Equal(StopReason.Diverged, result.StopReason);
        Assert.NotEqual(best, result.History[^1]);
        Assert.Equal(best.Iteration, result.Iterations);
        Assert.Equal(best.ValidationAccuracy, result.ValidationAccuracy);
        Assert.Contains(
            "best validation loss",
            Assert.Single(Diagnosis.OfTraining(result, Synthetic.Train)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_that_float32_cannot_hold_are_refused_and_those_that_it_holds_train()
    {
        DigitSet digits = SmallDigits.Make(60);
        Network start = Network.Create([5], seed: 1);
        string[] names = ["Beta1", "Beta2", "Epsilon", "Momentum", "Alpha", "WeightDecay", "LabelSmoothing"];

        Prop.ForAll(Gen.Elements(names).ToArbitrary(), Gen.Choose(-320, 40).ToArbitrary(),
            Gen.Choose(0, 1).ToArbitrary(), (name, exponent, end) =>
        {
            // Near 0 and near 1 on a logarithmic scale: that is where float32 loses hold.
            double value = Math.Pow(10, exponent);
            value = end == 1 && value < 1 ? 1 - value : value;
            var settings = new TrainingSettings
            {
                Optimizer = Optimizer.Adam,
                Alpha = 0.01,
                BatchSize = 20,
                Iterations = 12,
            };
            settings = name switch
            {
                "Beta1" => settings with { Beta1 = value },
                "Beta2" => settings with { Beta2 = value },
                "Epsilon" => settings with { Epsilon = value },
                "Momentum" => settings with { Optimizer = Optimizer.Momentum, Momentum = value },
                "Alpha" => settings with { Optimizer = Optimizer.GradientDescent, Alpha = value },
                "WeightDecay" => settings with { WeightDecay = value },
                _ => settings with { LabelSmoothing = value },
            };
            try
            {
                TrainingResult result = Trainer.Train(start, digits, null, settings);
                Assert.True(result.StopReason == StopReason.Completed || value >= 1,
                    $"{name} {value:R} ended as {result.StopReason}");
                Assert.True(
                    Flat(result) != Flat(start) || name == "Alpha" || value > 1e5, $"{name} {value:R} learned nothing");
                if (name == "Beta2" && value > 0.99)
                {
                    // Adam's step is about α long whatever such a β₂ is: the places where β₂ stands must agree.
                    double longest = result.Network.Parameters.Zip(start.Parameters).Max(
                        pair => (pair.First - pair.Second).Values.Enumerate().Max(Math.Abs));
                    Assert.InRange(longest, 0.02, 12 * 0.02);
                }
            }
            catch (SettingException exception)
            {
                Assert.Equal(name, exception.Setting);
                Assert.False(value is >= 1e-6 and <= 0.99999, $"{name} {value:R} was refused: {exception.Message}");
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Epsilon", 1e-50)]
    [InlineData("Beta2", 0.99999999999)]
    [InlineData("Beta1", 0.99999999999)]
    [InlineData("Momentum", 0.99999999999)]
    [InlineData("LabelSmoothing", 0.99999999999)]
    [InlineData("WeightDecay", 1e-50)]
    [InlineData("WeightDecay", 1e50)]
    [InlineData("Alpha", 1e-50)]
    [InlineData("Alpha", 1e50)]
    public void A_value_that_float32_cannot_hold_is_refused_by_name(string setting, double value)
    {
        var settings = new TrainingSettings { Optimizer = Optimizer.Adam };
        typeof(TrainingSettings).GetProperty(setting)!.SetValue(settings, value);

        SettingException error =
            Assert.Throws<SettingException>(() => Trainer.Train(Network.Create([10]), Synthetic.Train, null, settings));

        Assert.Equal(setting, error.Setting);
    }

    [Theory]
    [InlineData(1, 30, 31)]
    [InlineData(7, 30, 6)]
    [InlineData(1, 1000, 100)]
    [InlineData(100, 30, 2)]
    public void Snapshots_show_the_way_evenly_from_the_untrained_network_to_the_final_one(
        int every, int iterations, int most)
    {
        DigitSet digits = SmallDigits.Make(40);
        var settings = new TrainingSettings { Iterations = iterations, Seed = 3 };
        TrainingResult plain = Trainer.Train(Network.Create([5]), digits, null, settings);
        TrainingResult result = Trainer.Train(
            Network.Create([5]), digits, null, settings with { SnapshotEvery = every });

        Assert.Empty(plain.Snapshots);
        Assert.Equal(plain.Network, result.Network);
        Assert.InRange(result.Snapshots.Count, most / 2, most);
        Assert.Equal(0, result.Snapshots[0].Iteration);
        Assert.Equal(iterations, result.Snapshots[^1].Iteration);
        Assert.True(result.Network["W1"]!.Values.Equals(result.Snapshots[^1].W1.Values));
        Assert.Equal(result.TrainAccuracy!.Value, result.Snapshots[^1].Accuracy, 1e-9);
        int[] steps =
        [
            .. result.Snapshots.Zip(result.Snapshots.Skip(1))
                .Select(pair => pair.Second.Iteration - pair.First.Iteration),
        ];
        Assert.All(steps[..^1], step => Assert.Equal(steps[0], step));
    }

    [Fact]
    public void A_target_accuracy_ends_training_with_a_network_that_has_it()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([10]), Synthetic.Train, null, new() { Alpha = 0.5, TargetAccuracy = 0.8, Iterations = 500 });

        Assert.Equal(StopReason.TargetReached, result.StopReason);
        Assert.InRange(result.TrainAccuracy!.Value, 0.8, 1);
        Assert.InRange(result.Iterations, 1, 499);
        Assert.Equal(result.History[^1].Accuracy, result.TrainAccuracy);
    }

    [Fact]
    public void Time_runs_out()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([10]), Synthetic.Train, null, new() { MaxSeconds = 1e-4, Iterations = 100_000 });

        Assert.Equal(StopReason.TimeLimit, result.StopReason);
        Assert.InRange(result.Iterations, 1, 99_999);
        Assert.NotNull(result.TrainAccuracy);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(64)]
    public void Cancelling_leaves_the_network_of_the_last_whole_step(int? batch)
    {
        using var cancellation = new CancellationTokenSource();
        var settings = new TrainingSettings { Iterations = 1_000_000, BatchSize = batch, Threads = 2 };
        TrainingResult result = Trainer.Train(
            Network.Create([40]), Synthetic.Train, Synthetic.Test, settings,
            row =>
            {
                if (row.Iteration > 30)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token);

        Assert.Equal(StopReason.Cancelled, result.StopReason);
        TrainingResult same = Trainer.Train(
            Network.Create([40]), Synthetic.Train, Synthetic.Test, settings with { Iterations = result.Iterations });
        Assert.Equal(Flat(same), Flat(result));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(8192)]
    public void Cancelling_a_wide_network_is_answered_with_what_was_learned(int units)
    {
        using var cancellation = new CancellationTokenSource();
        TrainingResult result = Trainer.Train(
            Network.Create([units]),
            Synthetic.Train,
            Synthetic.Test,
            new TrainingSettings { Iterations = 1_000_000, Threads = 2 },
            row =>
            {
                if (row.Iteration == 2)
                {
                    cancellation.CancelAfter(TimeSpan.FromMilliseconds(20));
                }
            },
            cancellation.Token);

        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.InRange(result.Iterations, 2, int.MaxValue);
    }

    [Fact]
    public void A_training_cancelled_before_its_first_step_does_nothing()
        => Assert.Throws<OperationCanceledException>(() => Trainer.Train(
            Network.Create([10]), Synthetic.Train, null, new(), null, new CancellationToken(true)));

    [Fact]
    public void Early_stopping_returns_the_network_with_the_best_validation_loss()
    {
        TrainingResult result = Trainer.Train(
            Network.Create([60]), Synthetic.Train, null,
            new()
            {
                BatchSize = 32,
                Epochs = 100,
                Optimizer = Optimizer.Adam,
                Alpha = 0.01,
                ValidationFraction = 0.25,
                Patience = 3,
            });
        HistoryRow best = result.History.MinBy(row => row.ValidationLoss)!;

        Assert.Equal(StopReason.EarlyStopped, result.StopReason);
        Assert.Equal(best.Epoch + 3, result.History[^1].Epoch);
        Assert.Equal(best.ValidationAccuracy, result.ValidationAccuracy);
    }

    [Fact]
    public void The_validation_share_is_the_same_of_each_class_and_not_learned_from()
    {
        (DigitSet train, DigitSet? validation) = StratifiedSplit.HoldOut(Synthetic.Train, 0.2, seed: 1);

        Assert.Equal(Synthetic.Train.Count, train.Count + validation!.Count);
        Assert.All(Enumerable.Range(0, 10), digit =>
            Assert.InRange(validation.LabelCounts[digit] - (0.2 * Synthetic.Train.LabelCounts[digit]), -0.5, 0.5));
        Assert.Empty(train.Indexes!.Intersect(validation.Indexes!));
    }

    public static TheoryData<string, TrainingSettings> BadSettings => new()
    {
        { "Alpha", new() { Alpha = 0 } },
        { "Alpha", new() { Alpha = -0.1 } },
        { "Alpha", new() { Alpha = double.NaN } },
        { "Alpha", new() { Alpha = double.PositiveInfinity } },
        { "Iterations", new() { Iterations = 0 } },
        { "BatchSize", new() { BatchSize = 0 } },
        { "BatchSize", new() { BatchSize = 1201 } },
        { "Epochs", new() { Epochs = 3 } },
        { "Epochs", new() { Epochs = 3, BatchSize = 10, Iterations = 10 } },
        { "Threads", new() { Threads = 0 } },
        { "Threads", new() { Threads = 10_000 } },
        { "Momentum", new() { Momentum = 1 } },
        { "WarmUp", new() { WarmUp = 1 } },
        { "ValidationFraction", new() { ValidationFraction = 1 } },
        { "ValidationFraction", new() { ValidationFraction = 1e-9 } },
        { "Patience", new() { Patience = 3 } },
        { "TargetAccuracy", new() { TargetAccuracy = 90 } },
        { "MaxSeconds", new() { MaxSeconds = 0 } },
        { "WeightDecay", new() { WeightDecay = -1 } },
        { "LabelSmoothing", new() { LabelSmoothing = 1 } },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public void A_setting_that_cannot_be_meant_is_refused_by_name(string setting, TrainingSettings settings)
    {
        SettingException error =
            Assert.Throws<SettingException>(() => Trainer.Train(Network.Create([10]), Synthetic.Train, null, settings));

        Assert.Equal(setting, error.Setting);
    }

    [Fact]
    public void A_network_too_large_for_float32_is_refused_instead_of_predicting_nonsense()
    {
        var huge = new double[10, 784];
        huge[3, 400] = 1e300;
        var network = new Network([new Matrix(huge), new Matrix(new double[10, 1])], Activation.ReLU);

        Assert.Equal(
            "ParameterTooLarge",
            Assert.Throws<ShapeException>(() => Predictor.GetProbabilities(network, Synthetic.Test)).ErrorId);
        Assert.Equal(
            "ParameterTooLarge",
            Assert.Throws<ShapeException>(() => Trainer.Train(network, Synthetic.Train, null, new())).ErrorId);
    }

    [Fact]
    public void Predicting_with_no_thread_is_refused()
        => Assert.Equal(
            "Threads",
            Assert.Throws<SettingException>(
                () => Predictor.GetProbabilities(Network.Create([10]), Synthetic.Test, threads: 0)).Setting);

    [Fact]
    public void Data_that_does_not_fit_the_network_is_refused()
    {
        ShapeException error = Assert.Throws<ShapeException>(
            () => Trainer.Train(Network.Create([10], inputs: 100), Synthetic.Train, null, new()));

        Assert.Contains("100-10-10", error.Message, StringComparison.Ordinal);
        Assert.Contains("28×28", error.Message, StringComparison.Ordinal);
    }

    private static string Flat(TrainingResult result) => Flat(result.Network);

    private static string Flat(Network network) => string.Join(
        ' ',
        network.Parameters.SelectMany(matrix => matrix.Values.ToRowMajorArray())
            .Select(BitConverter.DoubleToInt64Bits));
}
