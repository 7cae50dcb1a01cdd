using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

public sealed class CheckpointTests : IDisposable
{
    private static readonly DigitSet Digits = SmallDigits.Make(60);
    private static readonly Network Fresh = Network.Create([5], seed: 1);
    private static readonly TrainingSettings Batches = new()
    {
        BatchSize = 16,
        Epochs = 12,
        Optimizer = Optimizer.Adam,
        Alpha = 0.01,
        Seed = 3,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Path => _folder["run.ckpt"];

    public static TheoryData<TrainingSettings> AllKinds => new()
    {
        new TrainingSettings { Iterations = 12 },
        new TrainingSettings { Iterations = 10, BatchSize = 16, Optimizer = Optimizer.Momentum },
        Batches,
        Batches with { Optimizer = Optimizer.Nesterov, Alpha = 0.05, Schedule = Schedule.Cosine },
        Batches with
        {
            Optimizer = Optimizer.AdamW,
            WeightDecay = 0.01,
            LabelSmoothing = 0.1,
            Schedule = Schedule.OneCycle,
        },
        Batches with { ValidationFraction = 0.2, Patience = 2, Alpha = 0.1 },
        Batches with { ValidationFraction = 0.2, TargetAccuracy = 0.5 },
        new TrainingSettings { Iterations = 60, TargetAccuracy = 0.5 },
        new TrainingSettings { Iterations = 30, Alpha = 1e30 },
    };

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_training_stopped_after_any_row_goes_on_to_the_same_bits(TrainingSettings settings)
    {
        TrainingResult whole = Train(Fresh, Digits, Digits, settings);

        for (int rows = 1; rows <= whole.History.Count; rows++)
        {
            Stop(settings, rows);
            AssertSame(whole, Resume(settings));
            AssertSame(whole, Resume(settings));
            File.Delete(Path);
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_training_that_is_given_time_for_one_step_a_call_comes_to_the_same_bits(TrainingSettings settings)
    {
        TrainingResult whole = Train(Fresh, Digits, Digits, settings), last;
        int calls = 0;
        do
        {
            last = Resume(settings with { MaxSeconds = 1e-9 });
            Assert.InRange(++calls, 1, 100);
        }
        while (last.StopReason == StopReason.TimeLimit);

        AssertSame(whole, last);
        AssertSame(whole, Resume(settings));
    }

    [Fact]
    public void A_training_cancelled_at_any_moment_goes_on_to_the_same_bits()
    {
        TrainingSettings settings = Batches with
        {
            BatchSize = 5,
            ValidationFraction = 0.5,
            Patience = 100,
            Epochs = 40,
        };
        TrainingResult whole = Train(Fresh, Digits, Digits, settings);
        TrainingResult? last = null;
        var random = new Random(1);
        int steps = 0;
        do
        {
            using var cancel = new CancellationTokenSource();
            using var timer = new Timer(
                _ => cancel.Cancel(), null, TimeSpan.FromMicroseconds(random.Next(3000)), Timeout.InfiniteTimeSpan);
            try
            {
                last = Train(
                    Fresh,
                    Digits,
                    Digits,
                    settings,
                    new CheckpointSettings(Path) { Resume = true },
                    null,
                    cancel.Token);
            }
            catch (OperationCanceledException)
            {
                // Cancelled before the first step: there is nothing to keep.
                continue;
            }

            int done = CheckpointFile.Read(Path).State.StepsDone;
            Assert.InRange(done, steps, int.MaxValue);
            steps = done;
        }
        while (last?.TrainAccuracy is null || last.StopReason == StopReason.Cancelled);

        AssertSame(whole, last);
    }

    [Fact]
    public void A_training_stopped_before_its_first_row_leaves_what_it_learned()
    {
        Train(Fresh, Digits, null, Batches with { MaxSeconds = 1e-9 }, new CheckpointSettings(Path) { Every = 5 });

        Assert.Equal(1, CheckpointFile.Read(Path).State.StepsDone);
    }

    [Fact]
    public void The_time_limit_is_that_of_the_call_and_the_total_stays_in_the_result()
    {
        TrainingSettings settings = new() { Iterations = 100_000_000, MaxSeconds = 0.1, Threads = 1 };
        TrainingResult first = Resume(settings), second = Resume(settings);

        Assert.Equal([StopReason.TimeLimit, StopReason.TimeLimit], [first.StopReason, second.StopReason]);
        Assert.InRange(second.Iterations - first.Iterations, 10, int.MaxValue);
        Assert.InRange(second.Seconds, 0.2, double.MaxValue);
    }

    [Theory]
    [InlineData("missing/run.ckpt")]
    [InlineData("file/run.ckpt")]
    [InlineData("folder")]
    public void A_checkpoint_that_could_never_be_written_is_refused_before_any_work(string name)
    {
        File.WriteAllText(_folder["file"], "");
        Directory.CreateDirectory(_folder["folder"]);

        SettingException exception = Assert.Throws<SettingException>(() => Train(
            Fresh, Digits, null, Batches, new CheckpointSettings(_folder[name]) { OnFailure = _ => { } }, _ =>
                Assert.Fail("It trained.")));

        Assert.Equal("CheckpointNotWritable", exception.ErrorId);
        Assert.Equal("CheckpointPath", exception.Setting);
    }

    [Fact]
    public void Kills_at_any_moment_never_leave_a_checkpoint_that_does_not_load_and_the_end_is_the_same_to_the_bit()
    {
        const int chains = 2;
        int kills = MortalChild.Kills / chains;
        string[] paths = [.. Enumerable.Range(0, chains).Select(chain => _folder[$"{chain}.ckpt"])];
        int[] steps = new int[chains];

        Parallel.For(0, chains, new ParallelOptions { MaxDegreeOfParallelism = 2 }, chain =>
        {
            var random = new Random(chain);
            for (int kill = 0; kill < kills; kill++)
            {
                Assert.Equal(
                    "training", MortalChild.KillAtAnyMoment(MortalChild.Job.Checkpoints, paths[chain], random));

                int done = File.Exists(paths[chain]) ? CheckpointFile.Read(paths[chain]).State.StepsDone : 0;
                Assert.InRange(done, steps[chain] + 1, MortalChild.Settings.Iterations!.Value - 1);
                steps[chain] = done;
            }
        });

        TrainingResult whole = Train(MortalChild.Network, MortalChild.Digits, null, MortalChild.Settings);
        AssertSame(
            whole,
            Train(
                MortalChild.Network,
                MortalChild.Digits,
                null,
                MortalChild.Settings,
                new CheckpointSettings(paths[0]) { Resume = true }));
    }

    public static TheoryData<TrainingSettings, string> OtherSettings => new()
    {
        { Batches with { Alpha = 0.02 }, "Alpha is 0.01, and now Alpha is 0.02" },
        { Batches with { Epochs = 13 }, "Epochs is 12, and now Epochs is 13" },
        { Batches with { Seed = 4 }, "Seed is 3, and now Seed is 4" },
        { Batches with { Optimizer = Optimizer.AdamW }, "Optimizer is Adam, and now Optimizer is AdamW" },
        { Batches with { ValidationFraction = 0.2, Patience = 3 },
            "ValidationFraction is 0, and now ValidationFraction is 0.2" },
    };

    [Theory]
    [MemberData(nameof(OtherSettings))]
    public void Other_settings_are_refused_and_the_difference_named(TrainingSettings settings, string difference)
    {
        Stop(Batches, 3);

        SettingException exception = Assert.Throws<SettingException>(() => Resume(settings));

        Assert.Equal("CheckpointOfAnotherTraining", exception.ErrorId);
        Assert.Contains(difference, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_and_time_may_change()
    {
        Stop(Batches with { Threads = 1 }, 3);

        AssertSame(Train(Fresh, Digits, Digits, Batches), Resume(Batches with { Threads = 2, MaxSeconds = 1e6 }));
    }

    [Fact]
    public void Other_data_and_other_networks_are_refused_and_the_difference_named()
    {
        Stop(Batches, 3);

        Assert.Contains(
            "other digits of the same number", Refusal(Fresh, SmallDigits.Make(60, seed: 1)), StringComparison.Ordinal);
        Assert.Contains(
            "small digits (60 digits, 28×28), and the data given is small digits (50 digits, "
            + "28×28)", Refusal(Fresh, Digits.Take(50)), StringComparison.Ordinal);
        Assert.Contains(
            "network 784-5-10 ReLU, and the one given is 784-6-10 "
            + "ReLU", Refusal(Network.Create([6]), Digits), StringComparison.Ordinal);
        Assert.Contains(
            "other weights of the same shape", Refusal(Network.Create([5], seed: 2), Digits), StringComparison.Ordinal);

        string Refusal(Network network, DigitSet digits)
            => Assert.Throws<SettingException>(
                () => Train(network, digits, null, Batches, new CheckpointSettings(Path) { Resume = true })).Message;
    }

    [Fact]
    public void A_checkpoint_that_is_there_is_not_overwritten_without_being_asked_to_go_on()
    {
        File.WriteAllText(Path, "my thesis");

        Assert.Equal(
            "CheckpointExists",
            Assert.Throws<SettingException>(() => Train(Fresh, Digits, null, Batches, new CheckpointSettings(Path)))
                .ErrorId);
        Assert.Equal("CheckpointDamaged", Assert.Throws<DataFormatException>(() => Resume(Batches)).ErrorId);
        Assert.Equal("my thesis", File.ReadAllText(Path));
    }

    [Fact]
    public void Without_a_checkpoint_to_go_on_from_training_begins_at_the_start()
        => AssertSame(Train(Fresh, Digits, Digits, Batches), Resume(Batches));

    [Fact]
    public void A_checkpoint_with_any_byte_changed_or_missing_is_refused()
    {
        Stop(Batches, 3);
        byte[] sound = File.ReadAllBytes(Path);

        Prop.ForAll(Gen.Choose(0, sound.Length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (at, change) =>
        {
            byte[] damaged = [.. sound];
            damaged[at] ^= (byte)change;
            AssertRefused(damaged);
            AssertRefused(sound[..at]);
        }).QuickCheckThrowOnFailure();

        void AssertRefused(byte[] bytes)
        {
            File.WriteAllBytes(Path, bytes);
            Assert.Contains(
                Assert.Throws<DataFormatException>(() => CheckpointFile.Read(Path)).ErrorId,
                (string[])["CheckpointDamaged", "CheckpointVersion", "NotACheckpoint"]);
        }
    }

    [Fact]
    public void A_checkpoint_of_a_newer_version_is_refused_with_the_version()
    {
        Stop(Batches, 3);
        byte[] bytes = File.ReadAllBytes(Path);
        int at = bytes.AsSpan().IndexOf("\"format_version\":\"2\""u8);
        bytes[at + "\"format_version\":\"".Length] = (byte)'3';
        File.WriteAllBytes(Path, bytes);

        DataFormatException exception = Assert.Throws<DataFormatException>(() => Resume(Batches));

        Assert.Equal("CheckpointVersion", exception.ErrorId);
        Assert.Contains("version 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_pipe_is_refused_without_waiting_for_it()
    {
        string pipe = _folder.MakePipe("run.ckpt");

        await Task.Run(
            () => Assert.Equal(
                "CheckpointDamaged", Assert.Throws<DataFormatException>(() => CheckpointFile.Read(pipe)).ErrorId),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_checkpoint_that_claims_to_stand_before_the_beginning_is_refused()
    {
        Stop(Batches, 3);
        (TrainingState state, IReadOnlyDictionary<string, string> identity) = CheckpointFile.Read(Path);
        Forge(state with { StepsDone = -1 }, identity);

        Assert.Equal("CheckpointDamaged", Assert.Throws<DataFormatException>(() => Resume(Batches)).ErrorId);
    }

    [Fact]
    public void A_checkpoint_that_ended_for_an_unknown_reason_is_refused()
    {
        Stop(Batches, 3);
        (TrainingState state, IReadOnlyDictionary<string, string> identity) = CheckpointFile.Read(Path);
        Forge(state with { StopReason = (StopReason)99 }, identity);

        Assert.Equal("CheckpointDamaged", Assert.Throws<DataFormatException>(() => Resume(Batches)).ErrorId);
    }

    [Theory]
    [InlineData(new int[0], sizeof(double))]
    [InlineData(new[] { 2_000_000_000, 0 }, 0)]
    [InlineData(new[] { 3 }, 3 * sizeof(double))]
    [InlineData(new[] { 3, 8 }, 24 * sizeof(double))]
    public void A_checkpoint_whose_history_is_no_table_of_rows_is_refused(int[] shape, int length)
    {
        Stop(Batches, 3);
        SafetensorsContent content;
        using (FileStream stream = File.OpenRead(Path))
        {
            content = Safetensors.Read(stream, Path);
        }

        using var forged = new MemoryStream();
        Safetensors.Write(
            forged,
            [.. content.Tensors.Values.Select(tensor =>
                tensor.Name == "history" ? tensor with { Shape = shape, Bytes = new byte[length] } : tensor)],
            content.Metadata);
        byte[] bytes = forged.ToArray();
        SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes), bytes.AsSpan(^SHA256.HashSizeInBytes..));
        File.WriteAllBytes(Path, bytes);

        Assert.Equal("CheckpointDamaged", Assert.Throws<DataFormatException>(() => Resume(Batches)).ErrorId);
    }

    [Fact]
    public void The_very_last_step_that_can_be_counted_is_still_done()
    {
        TrainingSettings endless = Batches with { Epochs = null, Iterations = int.MaxValue };
        Stop(endless, 3);
        (TrainingState state, IReadOnlyDictionary<string, string> identity) = CheckpointFile.Read(Path);
        Forge(state with { StepsDone = int.MaxValue - 1 }, identity);

        TrainingResult result = Resume(endless with { MaxSeconds = 20 });

        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(int.MaxValue, result.Iterations);
    }

    [Fact]
    public void A_network_file_is_no_checkpoint()
    {
        NetworkFile.Save(Fresh, _folder["net.safetensors"]);

        Assert.Equal(
            "NotACheckpoint",
            Assert.Throws<DataFormatException>(() => CheckpointFile.Read(_folder["net.safetensors"])).ErrorId);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_does_not_end_a_training_that_is_told()
    {
        var failures = new List<Exception>();
        var checkpoints = new CheckpointSettings(_folder["inner/run.ckpt"]) { Every = 1 };

        TrainingResult result = TrainWhileTheFolderGoes(checkpoints with { OnFailure = failures.Add });

        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(12, failures.Count);
        Assert.Throws<DirectoryNotFoundException>(() => TrainWhileTheFolderGoes(checkpoints));

        TrainingResult TrainWhileTheFolderGoes(CheckpointSettings settings)
        {
            Directory.CreateDirectory(_folder["inner"]);
            return Train(Fresh, Digits, null, Batches, settings, _ =>
            {
                if (Directory.Exists(_folder["inner"]))
                {
                    Directory.Delete(_folder["inner"], recursive: true);
                }
            });
        }
    }

    /// <summary>A checkpoint as somebody may have made it by hand, with a sound checksum.</summary>
    private void Forge(TrainingState state, IReadOnlyDictionary<string, string> identity)
        => CheckpointFile.Write(
            Path,
            state,
            CheckpointIdentity.Of(Fresh, Digits, Batches)
                .Select(pair => new KeyValuePair<string, string>(pair.Key, identity[pair.Key])));

    private void Stop(TrainingSettings settings, int afterRows)
    {
        using var cancel = new CancellationTokenSource();
        int rows = 0;
        Train(Fresh, Digits, null, settings, new CheckpointSettings(Path) { Every = 1 }, _ =>
        {
            if (++rows == afterRows)
            {
                cancel.Cancel();
            }
        }, cancel.Token);
    }

    private TrainingResult Resume(TrainingSettings settings) =>
        Train(Fresh, Digits, Digits, settings, new CheckpointSettings(Path) { Resume = true });

    private static TrainingResult Train(
        Network network, DigitSet train, DigitSet? test, TrainingSettings settings, CheckpointSettings? checkpoints =
            null, Action<HistoryRow>? onStep = null, CancellationToken? cancellationToken = null)
        => Trainer.Train(
            network,
            train,
            test,
            settings,
            checkpoints,
            onStep,
            cancellationToken ?? TestContext.Current.CancellationToken);

    private static HistoryRow Untimed(HistoryRow row) => new(
        row.Iteration, row.Epoch, row.Loss, row.Accuracy, row.ValidationLoss, row.ValidationAccuracy, row.LearningRate,
        row.GradientNorm, seconds: 0);

    private static void AssertSame(TrainingResult expected, TrainingResult actual)
    {
        Assert.Equal(expected.StopReason, actual.StopReason);
        Assert.Equal(expected.Iterations, actual.Iterations);
        Assert.Equal(expected.History.Select(Untimed), actual.History.Select(Untimed));
        Assert.Equal(expected.TrainAccuracy, actual.TrainAccuracy);
        foreach ((Matrix left, Matrix right) in expected.Network.Parameters.Zip(actual.Network.Parameters))
        {
            Assert.True(left.Values.Equals(right.Values), $"{left} differs");
        }
    }
}
