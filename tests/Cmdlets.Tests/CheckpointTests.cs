namespace MnistNet.Cmdlets.Tests;

public sealed class CheckpointTests : IDisposable
{
    private const string Training = "Invoke-Training @settings";

    private readonly MnistNet.Tests.TemporaryFolder _folder = new();
    private readonly ModuleShell _shell = new();

    public CheckpointTests()
    {
        _shell["file"] = _folder["run.ckpt"];
        _shell.Run("""
            $WarningPreference = 'SilentlyContinue'
            $settings = @{
                Data = Import-Mnist -Synthetic -Count 300 -Seed 1; Hidden = 12; BatchSize = 50; Epochs = 6
                Optimizer = 'Adam'
                ValidationFraction = 0.1; Patience = 5
            }
            """);
    }

    [Fact]
    public void A_training_that_was_stopped_goes_on_to_the_same_bits()
    {
        TrainingResult whole = _shell.Run(Training).Single<TrainingResult>();
        using RunningScript running = _shell.Start(Training + " -CheckpointPath $file -CheckpointEvery 1 "
            + "-StreamHistory | ForEach-Object { $_; [System.Threading.Thread]::Sleep(100) }");
        running.Until(script => File.Exists(_folder["run.ckpt"])).Stop();
        TrainingResult resumed = _shell.Run(Training + " -CheckpointPath $file -Resume").Single<TrainingResult>();
        Assert.Equal(whole.History.Select(row => row.Loss), resumed.History.Select(row => row.Loss));
        Assert.Equal(whole.Network.Parameters[0].ToArray(), resumed.Network.Parameters[0].ToArray());
    }

    [Theory]
    [InlineData("Alpha", "0.01", "Alpha is 0.001, and now Alpha is 0.01")]
    [InlineData("Hidden", "13", "784-13-10 ReLU")]
    [InlineData("Seed", "9", "other weights of the same shape")]
    [InlineData("Data", "(Import-Mnist -Synthetic -Count 300 -Seed 2)", "other digits of the same number")]
    public void A_checkpoint_of_another_training_is_refused_naming_the_difference(
        string setting, string value, string difference)
    {
        _shell.Run(Training + " -CheckpointPath $file");
        Outcome outcome = _shell.Attempt($"$settings.{setting} = {value}; {Training} -CheckpointPath $file -Resume");
        Assert.Equal("CheckpointOfAnotherTraining", outcome.ErrorId);
        Assert.Contains(difference, outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        _shell.Run(Training + " -CheckpointPath $file");
        byte[] bytes = File.ReadAllBytes(_folder["run.ckpt"]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(_folder["run.ckpt"], bytes);
        Assert.Equal("CheckpointDamaged", _shell.Attempt(Training + " -CheckpointPath $file -Resume").ErrorId);
    }

    [Fact]
    public void A_file_that_is_there_is_not_overwritten()
    {
        _folder.Write("run.ckpt", "my thesis"u8.ToArray());
        Assert.Equal("CheckpointExists", _shell.Attempt(Training + " -CheckpointPath $file").ErrorId);
        Assert.Equal("my thesis", File.ReadAllText(_folder["run.ckpt"]));
    }

    [Fact]
    public void Resume_needs_the_path() =>
        Assert.Equal("CheckpointPathMissing", _shell.Attempt(Training + " -Resume").ErrorId);

    [Fact]
    public void A_path_that_cannot_be_written_to_is_refused_before_any_work()
    {
        _shell["file"] = _folder["missing/run.ckpt"];
        Outcome outcome = _shell.Attempt(Training + " -CheckpointPath $file");
        Assert.Contains("cannot be written", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void StreamHistory_sends_each_row_and_the_result_goes_into_a_variable()
    {
        HistoryRow[] rows = _shell.Run(Training + " -StreamHistory -ResultVariable run").All<HistoryRow>();
        TrainingResult run = _shell.Get<TrainingResult>("run");
        Assert.Equal(6, rows.Length);
        Assert.True(rows[0].ValidationLoss > 0);
        Assert.Equal(StopReason.Completed, run.StopReason);
        Assert.Equal(run.History.Select(row => row.Loss), rows.Select(row => row.Loss));
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }
}
