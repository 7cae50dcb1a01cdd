namespace MnistNet.Cmdlets.Tests;

public class HostProgramTests
{
    [Fact]
    public void A_command_prints_the_modules_views_without_colours_into_a_pipe()
    {
        using HostProcess run = HostProcess.Run("-Command",
            "Import-Mnist -Synthetic -Count 50 | Invoke-Training -Iterations 3 -Verbose");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("VERBOSE: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Completed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'too bad'", 1, "Exception: too bad")]
    [InlineData("1 +", 1, "You must provide a value expression following the '+' operator.")]
    [InlineData("Import-Network nothing-here", 1, "Import-Network: Cannot find path")]
    [InlineData("Import-Network nothing-here; 'and on'", 0, "Import-Network: Cannot find path")]
    [InlineData("Get-Digit", 1,
        "Get-Digit: Cannot process command because of one or more missing mandatory parameters: Data.")]
    [InlineData(
        "New-Network | Export-Network -Path x.safetensors -Confirm", 1, "This program asks nothing while it runs")]
    [InlineData("1 | Export-Csv -Path x.csv", 1,
        "Export-Csv comes with PowerShell, and this program holds its engine only: dotnet tool install --global "
        + "PowerShell")]
    [InlineData("if (Get-Command Export-Csv -ErrorAction Ignore) { 'found' } else { exit 3 }", 3)]
    public void A_command_ends_with_the_code_and_the_words_of_pwsh(string command, int code, string words = "")
    {
        using HostProcess run = HostProcess.Run("-Command", command);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(words, run.Errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(words == "", run.Errors == "");
    }

    [Fact]
    public void A_script_knows_its_folder_its_arguments_and_its_exit()
    {
        using var folder = new MnistNet.Tests.TemporaryFolder();
        string path = folder.Write("say.ps1",
            "param($Name, [int] $Count) \"$Name $($Count + 1) $args $PSScriptRoot\"; exit 9"u8.ToArray());
        using HostProcess run = HostProcess.Run("-File", path, "-Count", "4", "it's", "$more");
        Assert.Equal(9, run.ExitCode);
        Assert.Equal($"it's 5 $more {folder.Path}\n", run.Output);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_script_that_throws_is_told_where(string endOfLine)
    {
        using var folder = new MnistNet.Tests.TemporaryFolder();
        string text = "'one'\nthrow 'two'\n'three'".Replace("\n", endOfLine, StringComparison.Ordinal);
        string path = folder.Write("throw.ps1", System.Text.Encoding.UTF8.GetBytes(text));
        using HostProcess run = HostProcess.Run("-File", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("one\n", run.Output);
        Assert.Contains("throw.ps1:2", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_whose_error_did_not_end_it_went_well()
    {
        using var folder = new MnistNet.Tests.TemporaryFolder();
        using HostProcess run = HostProcess.Run(
            "-File", folder.Write("on.ps1", "'on'; Import-Network nothing-here"u8.ToArray()));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Cannot find path", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no script missing.ps1 to run", "-File", "missing.ps1")]
    [InlineData("-File needs the path of a script", "-File")]
    [InlineData("-Command needs the text to run", "-Command")]
    [InlineData("-Nonsense is not an option here", "-Nonsense")]
    public void A_command_line_that_makes_no_sense_is_refused_with_64(string words, params string[] arguments)
    {
        using HostProcess run = HostProcess.Run(arguments);
        Assert.Equal(64, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_into_a_closed_pipe_ends_quietly()
    {
        using HostProcess run = HostProcess.RunLine("$host -Command '1..20000' | head -1");
        Assert.Equal("1\n", run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void Ctrl_C_stops_a_training_and_says_where_what_was_learned_went()
    {
        using var folder = new MnistNet.Tests.TemporaryFolder();
        string ready = folder["ready"];
        using HostProcess run = HostProcess.StartInterruptible("-Command", $$"""
            $data = Import-Mnist -Synthetic -Count 300
            $data | Invoke-Training -Iterations 10000000 -StreamHistory |
                ForEach-Object { [System.IO.File]::WriteAllText('{{ready}}', '') }
            """);
        SpinWait.SpinUntil(() => File.Exists(ready), TimeSpan.FromMinutes(1));
        run.Interrupt();
        run.Wait();
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("WARNING: Training was stopped after", run.Output, StringComparison.Ordinal);
        string saved = System.Text.RegularExpressions.Regex.Match(
            run.Output, "Import-Network '(.+)' brings it back").Groups[1].Value;
        using var shell = new ModuleShell();
        Assert.Equal("784-10-10", shell.Run($"Import-Network '{saved}'").Single<Network>().Shape);
        File.Delete(saved);
    }

    [Fact]
    public void A_second_Ctrl_C_ends_a_script_that_does_not_stop()
    {
        using var folder = new MnistNet.Tests.TemporaryFolder();
        string ready = folder["ready"];
        using HostProcess run = HostProcess.StartInterruptible("-Command", $$"""
            try { [System.IO.File]::WriteAllText('{{ready}}', ''); [System.Threading.Thread]::Sleep(60000) }
            finally { [System.Threading.Thread]::Sleep(60000) }
            """);
        SpinWait.SpinUntil(() => File.Exists(ready), TimeSpan.FromMinutes(1));
        run.Interrupt();
        Thread.Sleep(1000); // The system may take two signals at once for one.
        run.Interrupt();
        Assert.Equal(130, run.Wait().ExitCode);
    }
}
