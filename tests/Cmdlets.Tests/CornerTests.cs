using MnistNet.Tests;

namespace MnistNet.Cmdlets.Tests;

/// <summary>What people do at the edges of a cmdlet, and what they are told.</summary>
public sealed class CornerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModuleShell _shell = new();

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Digits_in_lists_in_lists_are_digits()
    {
        _shell.Run("$set = Import-Mnist -Synthetic -Count 30 -Split Test; $few = $set | Get-Digit -First 4");
        _shell.Run("$nested = @(@($few[0], $few[1]), @(, @($few[2])), $few[3])");
        int[] indexes = [.. _shell.Run(
            "Get-Prediction -Network (New-Network) -Data $nested").All<Prediction>().Select(row => row.Index)];
        Assert.Equal([0, 1, 2, 3], indexes);
        Assert.Contains(
            "Digits are needed",
            _shell.Attempt("Get-Digit -Data @($few, @(1))").Error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "Digits are needed",
            _shell.Attempt("Get-Digit -Data @(@(), @())").Error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("Digits are needed", _shell.Attempt(
            "$own = @(1); $own[0] = $own; Get-Digit -Data $own").Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_picked_by_index_can_be_filtered_by_label()
    {
        _shell.Run("$set = Import-Mnist -Synthetic -Count 40 -Split Test");
        int[] labels = _shell.Run("$set.GetLabels()").All<int>();
        Digit[] digits = _shell.Run("$set | Get-Digit -Index (0..19) -Label 3, 4").All<Digit>();
        Assert.Equal(Enumerable.Range(0, 20).Where(i => labels[i] is 3 or 4), digits.Select(digit => digit.Index));
    }

    [Theory]
    [InlineData("-Split Test", 10_001, "has 2 digits, fewer than the 10,001 asked for: all of them were taken.")]
    [InlineData("", 4, "has 3 digits, fewer than the 4 asked for: all of them were taken.")]
    [InlineData("", 3, null)]
    public void A_set_with_fewer_digits_than_asked_for_says_so(string arguments, int count, string? warning)
    {
        foreach ((string part, byte digits) in (ReadOnlySpan<(string, byte)>)[("train", 3), ("t10k", 2)])
        {
            _folder.Write(
                $"{part}-images-idx3-ubyte",
                [0, 0, 8, 3, 0, 0, 0, digits, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[784 * digits]]);
            _folder.Write($"{part}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, digits, .. new byte[digits]]);
        }

        Outcome outcome = _shell.Run($"Import-Mnist '{_folder.Path}' {arguments} -Count {count}");

        Assert.Single(outcome.Output);
        Assert.Equal(warning is null ? 0 : 1, outcome.Warnings.Count);
        Assert.All(outcome.Warnings, text => Assert.EndsWith(warning!, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_is_not_a_network_and_is_called_a_folder()
    {
        Outcome outcome = _shell.Attempt($"Import-Network '{_folder.Path}'");
        Assert.Equal("PathIsFolder", outcome.ErrorId);
        Assert.Contains(
            $"{_folder.Path} is a folder; expected the file of a network "
            + $"(.safetensors", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_file_is_replaced_with_Force_alone_and_stays_read_only()
    {
        string path = _folder["a.safetensors"];
        _shell.Run($"New-Network -Seed 1 | Export-Network '{path}'");
        byte[] first = File.ReadAllBytes(path);
        File.SetAttributes(path, FileAttributes.ReadOnly);

        Assert.Equal("TargetReadOnly", _shell.Attempt($"New-Network -Seed 2 | Export-Network '{path}'").ErrorId);
        Assert.Equal(first, File.ReadAllBytes(path));
        _shell.Run($"New-Network -Seed 2 | Export-Network '{path}' -Force");

        Assert.NotEqual(first, File.ReadAllBytes(path));
        Assert.True(new FileInfo(path).IsReadOnly);
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void A_path_with_backslashes_and_a_drive_is_named_as_it_was_typed()
    {
        Outcome outcome = _shell.Attempt(@"Import-Network 'C:\networks\best.safetensors'");
        Assert.Contains(@"C:\networks\best.safetensors", outcome.Error.ToString(), StringComparison.Ordinal);
    }
}
