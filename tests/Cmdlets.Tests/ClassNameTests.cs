namespace MnistNet.Cmdlets.Tests;

/// <summary>Where the classes of a dataset have names, people read them, and not numbers that stand for them.</summary>
public sealed class ClassNameTests : IDisposable
{
    private readonly ModuleShell _shell = new(width: 80);

    public ClassNameTests()
    {
        _shell.Run("$data = Import-Mnist -Synthetic -Count 100 -Seed 1; $run = $data | Invoke-Training -Iterations 5");
        MnistDataset digits = _shell.Get<MnistDataset>("data");
        _shell["clothes"] = new MnistDataset(
            "Fashion-MNIST",
            Renamed(digits.Train, "Fashion-MNIST train"),
            Renamed(digits.Test, "Fashion-MNIST test"),
            "a test");
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("$clothes | Get-Digit -Label 9 -First 1", "Ankle boot")]
    [InlineData("$clothes | Get-Digit -Label 9 -First 1 | Get-Prediction $run", "Ankle boot")]
    [InlineData("$clothes | Get-Digit -Label 0 -First 1 | Get-Attribution $run", "T-shirt/top")]
    [InlineData("$clothes | Measure-Network $run", "Ankle boot")]
    [InlineData("($clothes | Measure-Network $run).Classes", "Trouser")]
    [InlineData("$clothes | Get-Digit -Label 9 -First 1 | Show-Digit", "#9: Ankle boot")]
    [InlineData("$clothes | Get-Digit -Label 9 -First 1 | Show-Digit -Network $run", "Pullover")]
    [InlineData(
        "$clothes | Get-Digit -Label 9 | Get-Prediction $run -First 1 | Show-Digit -Data $clothes", "Ankle boot,")]
    [InlineData("$clothes | Get-Digit -First 1 | Get-Attribution $run -Label 9 | Show-Digit", "for Ankle boot")]
    public void A_view_shows_the_names(string script, string name)
    {
        string[] lines = _shell.Print(script);
        Assert.Contains(lines, line => line.Contains(name, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void A_row_has_the_names_beside_the_numbers()
        => Assert.Equal(
            ["9 Ankle boot"],
            _shell.Text("$clothes | Get-Digit -Label 9 -First 1 | ForEach-Object { \"$($_.Label) $($_.LabelName)\" }"));

    [Fact]
    public void A_digit_that_comes_by_twice_is_named_once()
        => Assert.Equal(2, _shell.Run("$clothes | Get-Digit -First 2 | Get-Digit | Get-Digit").Output.Count);

    [Theory]
    [InlineData("$data | Get-Digit -First 1")]
    [InlineData("$data | Get-Prediction $run -First 1")]
    [InlineData("$data.Test | Get-Digit -First 1 | Get-Attribution $run")]
    public void Digits_need_none(string script)
        => Assert.DoesNotContain(
            _shell.Run(script).Output[0].Properties,
            property => property.Name.EndsWith("Name", StringComparison.Ordinal));

    [Theory]
    [InlineData("Fashion-MNIST train", 9, "Ankle boot")]
    [InlineData("KMNIST test", 0, "o")]
    [InlineData("MNIST test", 9, null)]
    [InlineData("digits", 9, null)]
    [InlineData("Fashion-MNIST test", 10, null)]
    public void A_name_is_that_of_the_set(string set, int number, string? name)
        => Assert.Equal(name, ClassNames.Of(set, number));

    private static DigitSet Renamed(DigitSet set, string name)
    {
        Digit[] digits = [.. Enumerable.Range(0, set.Count).Select(i => set[i])];
        return new DigitSet(
            name, [.. digits.SelectMany(digit => digit.Pixels)], [.. digits.Select(digit => (byte)digit.Label!.Value)]);
    }
}
