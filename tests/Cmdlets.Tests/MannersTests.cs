using MnistNet.Tests;

namespace MnistNet.Cmdlets.Tests;

/// <summary>What users of PowerShell expect of any command.</summary>
public sealed class MannersTests : IDisposable
{
    private readonly ModuleShell _shell = new();
    private readonly TemporaryFolder _folder = new();

    public MannersTests()
    {
        _shell.Run("$data = Import-Mnist -Synthetic -Count 40 -Seed 1; $net = New-Network -Seed 1");
        _shell["folder"] = _folder.Path;
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("$data | Invoke-Training -Iterations 2 -CheckpointPath $folder/run.ckpt -WhatIf")]
    [InlineData("$data | Invoke-TrainingSweep -Iterations 2 -Alpha 0.1, 0.2 -ResultPath $folder/runs.csv -WhatIf")]
    [InlineData("$net | Export-Network $folder/net.safetensors -WhatIf")]
    public void What_if_writes_no_file_and_does_no_work(string script)
    {
        Assert.Empty(_shell.Run(script).Output);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Export_Network_takes_a_literal_path_and_hands_the_file_on()
    {
        FileInfo file = _shell.Run(
            "$net | Export-Network -LiteralPath $folder/a.safetensors -PassThru").Single<FileInfo>();
        Assert.Equal("a.safetensors", _shell.Run($"(Import-Network '{file.FullName}').Name").Single<string>());
    }

    [Fact]
    public void A_set_is_traced_by_its_first_digit_and_more_only_when_asked_for()
    {
        int one = _shell.Run("$data | Trace-Prediction $net").Output.Count;
        Assert.Equal(one, _shell.Run("$data | Get-Digit -Index 0 | Trace-Prediction $net").Output.Count);
        Assert.Equal(2 * one, _shell.Run("$data | Trace-Prediction $net -First 2").Output.Count);
        Assert.Equal(3 * one, _shell.Run("$data | Get-Digit -First 3 | Trace-Prediction $net").Output.Count);
    }

    [Theory]
    [InlineData("", "-ResultPath")]
    [InlineData("-ResultPath $folder/runs.csv", "goes on from there")]
    public void A_sweep_that_is_stopped_says_how_it_goes_on(string file, string says)
    {
        using RunningScript sweep = _shell.Start(
            $"$data | Invoke-TrainingSweep -Seed (1..500) -Iterations 2000 -ThrottleLimit 1 -Threads 1 {file}");
        Assert.True(sweep.UntilProgress().Stop().IsStopped);
        string told = string.Join(' ', _shell.TakeLines());
        Assert.Contains(" of 500 runs", told, StringComparison.Ordinal);
        Assert.Contains(says, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_settings_without_a_seed_differ_and_the_seed_is_told()
    {
        const string Sweep = "$data | Invoke-TrainingSweep -Random 3 -Alpha 0.001, 1 -Iterations 1 -ThrottleLimit 1";
        Outcome outcome = _shell.Run($"{Sweep} -Verbose");
        string seed = outcome.Verbose.Single(
            line => line.Contains("-RandomSeed", StringComparison.Ordinal)).Split(' ')[^1].TrimEnd('.');
        double?[] alphas = [.. outcome.All<SweepRun>().Select(run => run.Alpha)];
        Assert.Equal(alphas, _shell.Run($"{Sweep} -RandomSeed {seed}").All<SweepRun>().Select(run => run.Alpha));
        Assert.NotEqual(alphas, _shell.Run(Sweep).All<SweepRun>().Select(run => run.Alpha));
    }

    [Theory]
    [InlineData("-ResultPath $folder/drawn.csv")]
    [InlineData("-Index 1 -Of 2")]
    public void A_sweep_that_goes_on_or_is_shared_out_draws_the_same_settings_again(string how)
    {
        string sweep = $"$data | Invoke-TrainingSweep -Random 4 -Alpha 0.001, 1 -Iterations 1 -ThrottleLimit 1 {how}";
        Assert.Equal(
            _shell.Run(sweep).All<SweepRun>().Select(run => run.Alpha),
            _shell.Run(sweep).All<SweepRun>().Select(run => run.Alpha));
    }
}
