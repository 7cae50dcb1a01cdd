namespace MnistNet.Cmdlets.Tests;

/// <summary>Digits to pictures and back: Export-Digit and Import-Digit.</summary>
public sealed class DigitPictureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mnistnet-").FullName;
    private readonly ModuleShell _shell = new(width: 80);

    public DigitPictureTests() => _shell.Run(
        $"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder}'); $data = (Import-Mnist -Synthetic "
            + $"-Count 60).Test; $net = New-Network -Seed 1");

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_digit_comes_back_to_the_very_bytes()
    {
        Digit written = _shell.Run("$data | Get-Digit 3").Single<Digit>();

        Digit read = _shell.Run(
            "$data | Get-Digit 3 | Export-Digit 3.png; Import-Digit 3.png -NoFraming -Label 7").Single<Digit>();

        Assert.Equal(written.Pixels, read.Pixels);
        Assert.Equal((0, 7, "3.png"), (read.Index, read.Label, read.Source));
    }

    [Fact]
    public void A_sheet_is_as_wide_as_its_columns_and_holds_every_pixel()
    {
        Digit sheet = _shell.Run(
            "$data | Get-Digit -First 7 | Export-Digit sheet.png -Columns 3 -Scale 2; Import-Digit sheet.png "
            + "-NoFraming")
            .Single<Digit>();
        Digit fifth = _shell.Run("$data | Get-Digit 4").Single<Digit>();

        Assert.Equal((3 * 56, 3 * 56), (sheet.Rows, sheet.Columns));
        for (int i = 0; i < 784; i++)
        {
            Assert.Equal(fifth.Pixels[i], sheet.Pixels[((56 + (2 * (i / 28))) * 168) + 56 + (2 * (i % 28))]);
        }
    }

    [Fact]
    public void Files_come_down_the_pipeline_whatever_their_names_and_their_predictions_name_them()
    {
        _shell.Run("$data | Get-Digit -First 3 | ForEach-Object { $_ | Export-Digit \"d[$($_.Index)].png\" -Scale 5 }");

        Prediction[] read = _shell.Run(
            "$ExecutionContext.InvokeProvider.ChildItem.Get('.', $false) | Import-Digit | Get-Prediction -Network "
                + "$net").All<Prediction>();

        Assert.Equal(["d[0].png", "d[1].png", "d[2].png"], read.Select(prediction => prediction.Source));
        Assert.Equal([0, 1, 2], read.Select(prediction => prediction.Index));
    }

    [Fact]
    public void A_bad_file_is_reported_and_the_next_one_is_read()
    {
        File.WriteAllText(Path.Combine(_folder, "a.png"), "no picture");

        Outcome outcome = _shell.Attempt("$data | Get-Digit 0 | Export-Digit b.png -Scale 4; Import-Digit *.png");

        Assert.Equal("ImageFormatUnknown", outcome.ErrorId);
        Assert.Single(outcome.All<Digit>());
    }

    [Fact]
    public void Several_digits_are_refused_by_the_name_of_the_parameter_that_takes_them()
    {
        _shell.Run("$data | Get-Digit -First 4 | Export-Digit four.png -Scale 4");

        Outcome outcome = _shell.Attempt("Import-Digit four.png");

        Assert.Equal("SeveralDigits", outcome.ErrorId);
        Assert.Contains("-Multiple", outcome.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(4, _shell.Run("Import-Digit four.png -Multiple").All<Digit>().Length);
    }

    [Fact]
    public void Nothing_is_written_with_WhatIf_and_nothing_replaced_with_NoClobber()
    {
        _shell.Run("$data | Get-Digit 0 | Export-Digit a.png -WhatIf");
        Assert.False(File.Exists(Path.Combine(_folder, "a.png")));

        _shell.Run("$data | Get-Digit 0 | Export-Digit a.png");
        Assert.Equal("TargetExists", _shell.Attempt("$data | Get-Digit 1 | Export-Digit a.png -NoClobber").ErrorId);
        Assert.Equal("a.png", _shell.Run("$data | Get-Digit 1 | Export-Digit a.png -PassThru").Single<FileInfo>().Name);
    }

    [Theory]
    [InlineData("a.tiff", "", "UnknownFormat")]
    [InlineData("a", "", "UnknownFormat")]
    [InlineData("a.png", "-Scale 64 -Columns 60", "ImageTooLarge")]
    [InlineData("a.npz", "-Scale 2", "ConflictingParameters")]
    [InlineData("a", "-Format Csv -Columns 2", "ConflictingParameters")]
    public void What_cannot_be_written_is_said(string path, string options, string id)
        => Assert.Equal(id, _shell.Attempt($"$data | Export-Digit {path} {options}").ErrorId);

    [Fact]
    public void Finding_digits_and_taking_the_picture_as_it_is_exclude_each_other()
        => Assert.Equal("ConflictingParameters", _shell.Attempt("Import-Digit x.png -Multiple -NoFraming").ErrorId);

    [Fact]
    public void Handwriting_is_shown_read_and_written_as_the_help_tells()
    {
        foreach (string name in new[] { "my-seven.jpg", "phone-number.jpg" })
        {
            File.Copy(Path.Combine(StagedModule.Root, "tests", "oracles", name), Path.Combine(_folder, name));
        }

        bool isReal = Environment.GetEnvironmentVariable("MNISTNET_DATA") is not null;
        _shell.Run(
            $$"""
            $mnist = Import-Mnist {{(isReal ? "" : "-Synthetic -Count 3000")}}
            $run = $mnist | Invoke-Training -Recipe Fast98
            foreach ($digit in $mnist.Test | Get-Digit -First 3) {
                $digit | Export-Digit "scan-$($digit.Index).png" -Scale 8
            }
            """);

        string[] shown = _shell.Run("Import-Digit my-seven.jpg | Show-Digit -Network $run").Text;
        string number = _shell.Run(
            "-join (Import-Digit phone-number.jpg -Multiple | Get-Prediction $run | ForEach-Object Predicted)")
            .Single<string>();
        Prediction[] read = _shell.Run(
            """
            $mnist.Test | Get-Digit -First 100 | Export-Digit hundred.png -Columns 10
            $ExecutionContext.InvokeProvider.ChildItem.Get('scan-*.png', $false) | Import-Digit | Get-Prediction $run
            """).All<Prediction>();

        Assert.True(shown.Length > 10);
        Assert.Equal(8, number.Length);
        Assert.Equal(["scan-0.png", "scan-1.png", "scan-2.png"], read.Select(prediction => prediction.Source));
        Digit hundred = _shell.Run("Import-Digit hundred.png -NoFraming").Single<Digit>();
        Assert.Equal((280, 280), (hundred.Rows, hundred.Columns));
        if (isReal)
        {
            Assert.Contains(shown, line => line.Contains('7', StringComparison.Ordinal));
            Assert.Equal("07147204", number);
            Assert.Equal([7, 2, 1], read.Select(prediction => prediction.Predicted));
        }
    }

    [Fact]
    public void The_table_names_the_file()
    {
        string[] lines = _shell.Print("$data | Get-Digit 0 | Export-Digit seven.png; Import-Digit seven.png");
        Assert.Contains(lines, line => line.TrimEnd().EndsWith("seven.png", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }
}
