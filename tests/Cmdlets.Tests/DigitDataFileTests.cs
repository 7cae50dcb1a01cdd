namespace MnistNet.Cmdlets.Tests;

/// <summary>Digits to data files and back: Export-Digit and Import-Mnist.</summary>
public sealed class DigitDataFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mnistnet-").FullName;
    private readonly ModuleShell _shell = new(width: 80);

    public DigitDataFileTests() => _shell.Run(
        $"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder}'); $mnist = Import-Mnist -Synthetic "
            + "-Count 60");

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("./sevens -Format Idx", "./sevens", "sevens-images-idx3-ubyte, sevens-labels-idx1-ubyte")]
    [InlineData(
        "./sevens.gz -Format Idx", "./sevens.gz", "sevens-images-idx3-ubyte.gz, sevens-labels-idx1-ubyte.gz")]
    [InlineData("./sevens.csv", "./sevens.csv", "sevens.csv")]
    [InlineData("./sevens.csv.gz", "./sevens.csv.gz", "sevens.csv.gz")]
    [InlineData("./sevens.npz", "./sevens.npz", "sevens.npz")]
    public void Single_digits_come_back_to_the_byte(string export, string import, string files)
    {
        Digit[] written = _shell.Run("$mnist.Test | Get-Digit -Label 7").All<Digit>();
        Assert.NotEmpty(written);

        DigitSet read = _shell.Run(
            $"$mnist.Test | Get-Digit -Label 7 | Export-Digit {export}; Import-Mnist {import}").Single<DigitSet>();

        Assert.Equal(files, string.Join(", ", Directory.GetFiles(_folder).Select(Path.GetFileName).Order()));
        Assert.Equal(written.Length, read.Count);
        for (int i = 0; i < written.Length; i++)
        {
            Assert.Equal(written[i].Pixels, read[i].Pixels);
            Assert.Equal(7, read[i].Label);
        }
    }

    [Fact]
    public void A_set_and_the_test_set_of_a_dataset_are_saved_whole()
    {
        Assert.Equal(
            "True True",
            _shell.Run(
                """
                $mnist.Train | Export-Digit ./a.npz
                $mnist | Export-Digit ./b.npz
                "$((Import-Mnist ./a.npz).GetFingerprint() -eq $mnist.Train.GetFingerprint()) " +
                    ((Import-Mnist ./b.npz).GetFingerprint() -eq $mnist.Test.GetFingerprint())
                """).Single<string>());
    }

    [Fact]
    public void Sets_and_digits_down_one_pipeline_go_into_one_file()
    {
        DigitSet read = _shell.Run(
            "& { $mnist.Test; $mnist.Train | Get-Digit -First 2; $mnist.Test } | Export-Digit ./all.npz; "
                + "Import-Mnist ./all.npz").Single<DigitSet>();
        Assert.Equal(122, read.Count);
    }

    [Fact]
    public void A_folder_of_two_pairs_is_a_dataset()
    {
        MnistDataset read = _shell.Run(
            """
            $mnist.Train | Export-Digit ./train.gz -Format Idx
            $mnist.Test | Export-Digit ./t10k.gz -Format Idx
            Import-Mnist .
            """).Single<MnistDataset>();
        Assert.Equal((60, 60), (read.Train.Count, read.Test.Count));
    }

    [Fact]
    public void Neither_file_of_a_pair_is_replaced_with_NoClobber_or_written_with_WhatIf()
    {
        _shell.Run("$mnist | Export-Digit ./a -Format Idx -WhatIf");
        Assert.Empty(Directory.GetFiles(_folder));

        File.WriteAllText(Path.Combine(_folder, "a-labels-idx1-ubyte"), "mine");
        Assert.Equal("TargetExists", _shell.Attempt("$mnist | Export-Digit ./a -Format Idx -NoClobber").ErrorId);
        Assert.Single(Directory.GetFiles(_folder));

        FileInfo images = _shell.Run("$mnist | Export-Digit ./a -Format Idx -PassThru").Single<FileInfo>();
        Assert.Equal("a-images-idx3-ubyte", images.Name);
        Assert.Equal(60, _shell.Run("Import-Mnist ./a-images-idx3-ubyte").Single<DigitSet>().Count);
    }

    [Fact]
    public void A_folder_is_not_taken_for_the_name_of_a_pair()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sevens"));
        Assert.Equal("TargetIsFolder", _shell.Attempt("$mnist | Export-Digit ./sevens -Format Idx").ErrorId);
    }
}
