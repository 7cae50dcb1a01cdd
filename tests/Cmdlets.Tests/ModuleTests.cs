namespace MnistNet.Cmdlets.Tests;

public class ModuleTests
{
    [Fact]
    public void Importing_says_nothing_and_brings_every_cmdlet_of_the_manifest()
    {
        using var shell = new ModuleShell(import: false);
        Outcome import = shell.Run($"Import-Module -Name '{StagedModule.Manifest}'");
        Assert.Empty(import.Warnings);
        Assert.Empty(import.Output);
        string[] held = shell.Run(
            "Get-Command -Module MnistNet | ForEach-Object { \"$($_.CommandType) $($_.Name)\" }").Text;
        string[] named = shell.Run($"(Test-ModuleManifest -Path '{StagedModule.Manifest}').ExportedCmdlets.Keys").Text;
        Assert.Equal(named.Select(name => "Cmdlet " + name).Order(), held.Order());
    }

    [Fact]
    public void Removing_leaves_no_command_and_no_module_behind()
    {
        using var shell = new ModuleShell();
        shell.Run("Remove-Module -Name MnistNet");
        Assert.Empty(shell.Run("Get-Module | Where-Object Name -like 'MnistNet*'").Output);
        Assert.Empty(shell.Run("Get-Command -Module MnistNet*").Output);
    }

    [Fact]
    public void Importing_again_brings_the_symbols_again()
    {
        using var shell = new ModuleShell();
        shell.Run("Remove-Module -Name MnistNet");
        shell.Import();
        shell.Run($"Import-Module -Name '{StagedModule.Manifest}' -Force");
        Assert.Equal("W1", shell.Run("(New-Network).W1.Name").Single<string>());
    }

    [Fact]
    public void A_view_is_printed_at_the_terminals_width()
    {
        using var shell = new ModuleShell(width: 80);
        string[] lines = shell.Print("New-Network -Seed 1");
        Assert.Contains(lines, line => line.Contains("784-10-10", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void A_training_stopped_in_its_middle_tells_where_what_was_learned_is()
    {
        using var shell = new ModuleShell();
        shell.Run("$data = Import-Mnist -Synthetic -Count 300");
        using RunningScript running = shell.Start("$run = $data | Invoke-Training -Iterations 10000000");
        Outcome outcome = running.UntilProgress().Stop();
        Assert.True(outcome.IsStopped);
        Assert.Contains("$InterruptedTraining", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void It_works_in_strict_mode_and_in_a_culture_that_writes_commas()
    {
        using var shell = new ModuleShell(culture: System.Globalization.CultureInfo.GetCultureInfo("de-DE"));
        shell.Run(
            "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $data = Import-Mnist -Synthetic -Count "
            + "60");
        shell.Run("$run = $data | Invoke-Training -Alpha 0.5 -Iterations 20 -WarningAction SilentlyContinue");
        string[] view = shell.Print(
            "$run; $data | Measure-Network -Network $run; $run.Network; $run.History | Where-Object Iteration -eq 20");
        Assert.Contains(view, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"\b0\.\d{4}\b"));
        Assert.DoesNotContain(view, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"\b0,\d{4}\b"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Every_view_fits_the_terminal(int width)
    {
        using var shell = new ModuleShell(width);
        shell.Run("""
            $WarningPreference = 'SilentlyContinue'
            $data = Import-Mnist -Synthetic -Count 60
            $run = $data | Invoke-Training -Iterations 3
            $evaluation = $data | Measure-Network -Network $run
            $pass = $data.Train | Get-Digit -First 5 | Invoke-ForwardPropagation -Network $run
            """);
        string[] commands =
        [
            "$data", "$data.Train", "$data | Get-Digit -First 2", "$run", "$run.Network", "$run.Network.Layers",
            "$run.History", "$evaluation",
            "$evaluation.Classes", "$evaluation.MostConfused", "$evaluation.Confusion", "$run.Network.W1", "$pass",
            "$pass | Invoke-Backpropagation",
            "$data.Test | Get-Digit -First 2 | Get-Prediction -Network $run",
            "$data.Train | Get-Digit -First 1 | Trace-Prediction -Network $run",
            "$data.Train | Get-Digit -First 2 | Test-Gradient -Network $run",
            "$data.Train | Get-Digit -First 4 | ConvertTo-Matrix",
        ];
        foreach (string command in commands)
        {
            string[] lines = shell.Print(command);
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.True(line.Length <= width,
                $"{command} at {width} columns prints {line.Length}: {line}"));
            Assert.DoesNotContain(
                lines,
                line => line.Contains("WARNING", StringComparison.Ordinal) || line.Contains(
                    "Exception", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Errors_carry_their_documented_id()
    {
        using var shell = new ModuleShell();
        Assert.Equal("BatchLargerThanData", shell.Attempt(
            "Import-Mnist -Synthetic -Count 60 | Invoke-Training -BatchSize 61").ErrorId);
    }
}
