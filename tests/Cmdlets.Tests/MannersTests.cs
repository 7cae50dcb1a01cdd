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
}
