namespace MnistNet.Cmdlets.Tests;

/// <summary>What nobody draws on purpose gives a sensible picture or a clear sentence.</summary>
public sealed class PictureCornerTests : IDisposable
{
    private readonly ModuleShell _shell = new(width: 80);

    public PictureCornerTests()
    {
        _shell.Run("$data = Import-Mnist -Synthetic -Count 60 -Seed 1; $net = New-Network -Seed 1");
        _shell["blank"] = new DigitSet("blank", new byte[784], [3])[0];
        byte[] large = new byte[256 * 256];
        large.AsSpan(256 * 100, 256 * 20).Fill(255);
        _shell["large"] = new DigitSet("large", large, [7], 256, 256)[0];
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("$data.Test | Get-Digit -First 2 | Show-Digit")]
    [InlineData("$data.Test | Get-Digit -First 1 | Show-Digit -Network $net")]
    [InlineData("$data | Get-Prediction $net -First 2 | Show-Digit -Data $data")]
    [InlineData("$data.Test | Get-Digit -First 1 | Get-Attribution $net | Show-Digit")]
    [InlineData("Show-Network $net")]
    [InlineData("Show-Network (New-Network -Hidden 8,8,8,8,8,8,8,8,8) -Layer (1..10)")]
    [InlineData("$data | Invoke-Training -Iterations 3 | Show-TrainingHistory")]
    [InlineData("$large | Show-Digit")]
    public void In_twenty_columns_no_line_is_wider(string script)
    {
        foreach (string renderer in new[] { "TrueColor", "Color256", "Block", "Ascii" })
        {
            string[] lines = _shell.Text($"{script} -Width 20 -Renderer {renderer}");
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.InRange(Plain(line).Length, 0, 20));
        }
    }

    [Fact]
    public void A_blank_digit_is_blank_and_has_an_attribution_of_nothing()
    {
        Assert.All(_shell.Text("$blank | Show-Digit")[..14], line => Assert.Equal("", line.Trim()));
        Assert.Equal(0, _shell.Run("$blank | Get-Attribution $net").Single<Attribution>().Contributions.Sum());
        Assert.NotEmpty(_shell.Text("$blank | Get-Attribution $net | Show-Digit"));
    }

    [Fact]
    public void A_large_image_is_scaled_down_to_what_fits()
    {
        string[] lines = _shell.Text("$large | Show-Digit");
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.InRange(lines.Length, 10, 45);
        Assert.Contains(lines, line => line.Contains('▀', StringComparison.Ordinal)
            || line.Contains('▄', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", "loss")]
    [InlineData("40 -Alpha 1e30", "loss")]
    public void A_history_of_one_row_and_one_that_diverged_are_drawn(string iterations, string says)
        => Assert.Contains(
            _shell.Text(
                $"$data | Invoke-Training -Iterations {iterations} -WarningAction Ignore | Show-TrainingHistory"),
            line => line.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void An_attribution_of_a_network_of_another_shape_says_what_fits()
    {
        _shell["small"] = Network.Create([4], inputs: 49);
        string told = _shell.Attempt("$data.Test | Get-Digit -First 1 | Get-Attribution $small").Error.ToString();
        Assert.Contains("784", told, StringComparison.Ordinal);
        Assert.Contains("49", told, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_outside_the_set_is_reported_and_the_next_goes_on()
    {
        Outcome outcome = _shell.Attempt("$data | Get-Digit -Index 100000, 2");
        Assert.Equal("DigitNotFound", outcome.ErrorId);
        Assert.Equal(2, outcome.Single<Digit>().Index);
    }

    private static string Plain(string line)
        => System.Text.RegularExpressions.Regex.Replace(line, "\e\\[[0-9;]*m", "");
}
