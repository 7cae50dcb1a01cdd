using System.Net;
using System.Text.RegularExpressions;
using MnistNet.Tests;

namespace MnistNet.Cmdlets.Tests;

public sealed class ExportTrainingReportTests : IDisposable
{
    private const string Usual = "$data = Import-Mnist -Synthetic -Count 200 -Seed 1; "
        + "$run = $data | Invoke-Training -Iterations 15 -Seed 3";

    private readonly ModuleShell _shell = new(width: 80);
    private readonly TemporaryFolder _folder = new();

    public ExportTrainingReportTests()
    {
        _shell.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder.Path}'); {Usual}");
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("$data | Export-TrainingReport $run page.html")]
    [InlineData("$run | Export-TrainingReport -Data $data -Path page.html")]
    [InlineData("$run | Export-TrainingReport page.html -Data $data")]
    [InlineData("$data, $run | Export-TrainingReport page.html")]
    [InlineData("Export-TrainingReport -Network $run -Data $data -Path page.html")]
    [InlineData("$data.Test | Export-TrainingReport $run page.html")]
    [InlineData("$data | Get-Digit -First 50 | Export-TrainingReport $run page.html")]
    public void A_training_and_its_digits_come_in_any_order(string script)
    {
        Assert.Empty(_shell.Run(script).Output);
        string page = Page();
        Assert.Contains("<section id=\"curves\"", page, StringComparison.Ordinal);
        Assert.Contains("<section id=\"confusion\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_taken_from_its_file_too()
    {
        _shell.Run("$run | Export-Network net.safetensors; $data | Export-TrainingReport net.safetensors page.html");
        Assert.Contains("net.safetensors", Page(), StringComparison.Ordinal);
        _shell.Run("'net.safetensors' | Export-TrainingReport -Path other.html -Data $data");
        Assert.Contains("<section id=\"confusion\"", Page("other.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rows_of_a_sweep_make_the_same_page_as_texts_such_as_a_file_has()
    {
        _shell.Run(
            "$rows = $data | Invoke-TrainingSweep -Alpha 0.1, 0.5 -Seed 1, 2 -Iterations 3; "
            + "$texts = foreach ($row in $rows) { $text = [ordered] @{}; foreach ($p in $row.PSObject.Properties) "
            + "{ $text[$p.Name] = [string] $p.Value }; [pscustomobject] $text }; "
            + "$rows | Export-TrainingReport page.html; $texts | Export-TrainingReport texts.html; "
            + "Export-TrainingReport $rows typed.html");
        Assert.Contains("<section id=\"intervals\"", Page(), StringComparison.Ordinal);
        Assert.Matches("^\\$data \\| Invoke-Training -Alpha 0\\.[15] -Iterations 3 -Seed [12]$", Command(Page()));
        Assert.Equal(WithoutTime(Page()), WithoutTime(Page("texts.html")));
        Assert.Equal(WithoutTime(Page()), WithoutTime(Page("typed.html")));

        static string WithoutTime(string page) => Regex.Replace(page, "<footer>.*?</footer>", "");
    }

    [Fact]
    public void The_command_in_the_page_repeats_the_run_to_the_bit()
    {
        _shell.Run(
            "$other = $data | Invoke-Training -Hidden 8,6 -Activation Tanh -Initializer Xavier -Alpha 0.25 "
            + "-Iterations 12 -BatchSize 16 -Optimizer Momentum -Momentum 0.7 -ValidationFraction 0.2 -Seed 5; "
            + "$data | Export-TrainingReport $other page.html");
        string again = _shell.Run($"({Command(Page())}).Fingerprint").Single<string>();
        Assert.Equal(_shell.Run("$other.Fingerprint").Single<string>(), again);
    }

    [Fact]
    public void What_was_trained_on_from_another_training_is_not_told_to_come_from_a_seed()
    {
        _shell.Run("$data | Export-TrainingReport ($data | Invoke-Training $run -Iterations 4) page.html");
        Assert.Equal(
            "Import-Mnist -Synthetic -Count 200 -Seed 1 | Invoke-Training $network -Iterations 4", Command(Page()));
    }

    [Fact]
    public void A_run_of_a_network_with_a_seed_of_its_own_is_repeated_too()
    {
        _shell.Run(
            "$other = $data | Invoke-Training (New-Network -Hidden 7 -Seed 9) -Iterations 4 -Seed 2; "
            + "$data | Export-TrainingReport $other page.html");
        string again = _shell.Run($"({Command(Page())}).Fingerprint").Single<string>();
        Assert.Equal(_shell.Run("$other.Fingerprint").Single<string>(), again);
    }

    [Fact]
    public void Nothing_is_written_with_WhatIf_and_nothing_replaced_with_NoClobber()
    {
        _shell.Run("$data | Export-TrainingReport $run page.html -WhatIf");
        Assert.Empty(_folder.Names);

        _folder.Write("page.html", "old"u8.ToArray());
        Assert.Equal("TargetExists", _shell.Attempt("$data | Export-TrainingReport $run page.html -NoClobber").ErrorId);
        Assert.Equal("old", Page());
        FileInfo file = _shell.Run("$data | Export-TrainingReport $run page.html -PassThru").Single<FileInfo>();
        Assert.Equal("page.html", file.Name);
        Assert.Equal(["page.html"], _folder.Names);
    }

    [Fact]
    public void A_read_only_page_is_replaced_with_Force_alone()
    {
        _folder.Write("page.html", "old"u8.ToArray());
        File.SetAttributes(_folder["page.html"], FileAttributes.ReadOnly);
        Assert.Equal("TargetReadOnly", _shell.Attempt("$data | Export-TrainingReport $run page.html").ErrorId);
        _shell.Run("$data | Export-TrainingReport $run page.html -Force");
        Assert.StartsWith("<!DOCTYPE html>", Page(), StringComparison.Ordinal);
        File.SetAttributes(_folder["page.html"], FileAttributes.Normal);
    }

    [Theory]
    [InlineData("$data | Export-TrainingReport $run none/page.html", "TargetFolderMissing")]
    [InlineData("$data | Export-TrainingReport $run .", "TargetIsFolder")]
    [InlineData("$data | Export-TrainingReport $run", "PathMissing")]
    [InlineData("$data | Export-TrainingReport page.html", "NothingToReport")]
    [InlineData("Export-TrainingReport -Path page.html", "NothingToReport")]
    [InlineData("$run, $run | Export-TrainingReport page.html", "OneNetworkAPage")]
    [InlineData("5 | Export-TrainingReport page.html", "InputNotReportable")]
    [InlineData("$data | Export-TrainingReport none.safetensors page.html", "FileNotFound")]
    [InlineData("$data, $data | Export-TrainingReport $run page.html", "OneNetworkAPage")]
    public void What_cannot_be_reported_is_said(string script, string id)
    {
        Assert.Equal(id, _shell.Attempt(script).ErrorId);
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData("-MaxMistakes -1")]
    [InlineData("-MaxMistakes 10001")]
    public void A_number_of_mistakes_outside_of_its_range_is_refused(string option)
        => Assert.Equal(
            "ParameterArgumentValidationError",
            _shell.Attempt($"$data | Export-TrainingReport $run page.html {option}").ErrorId);

    [Fact]
    public void A_title_and_a_number_of_mistakes_can_be_chosen()
    {
        _shell.Run("$data | Export-TrainingReport $run page.html -Title 'Mine </script> 🙂' -MaxMistakes 2");
        Assert.Contains("<h1>Mine &lt;/script&gt; 🙂</h1>", Page(), StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(Page(), "<figure data-true"));
    }

    [Fact]
    public void Nothing_down_the_pipeline_writes_nothing()
    {
        Assert.Empty(_shell.Run("@() | Export-TrainingReport page.html").Output);
        Assert.Empty(_folder.Names);
    }

    private string Page(string name = "page.html") => File.ReadAllText(_folder[name]);

    /// <summary>The command in a page, as it is copied.</summary>
    private static string Command(string page) => WebUtility.HtmlDecode(
        Regex.Replace(Regex.Match(page, "<pre[^>]*><code>(.*?)</code>").Groups[1].Value, "<[^>]*>", ""));
}
