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
        string[] held = shell.Run("Get-Command -Module MnistNet | ForEach-Object { \"$($_.CommandType) $($_.Name)\" }").Text;
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
    public void Errors_carry_their_documented_id()
    {
        using var shell = new ModuleShell();
        Assert.Equal("BatchLargerThanData", shell.Attempt("Import-Mnist -Synthetic -Count 60 | Invoke-Training -BatchSize 61").ErrorId);
    }
}
