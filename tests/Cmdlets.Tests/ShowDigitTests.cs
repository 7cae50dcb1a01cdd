namespace MnistNet.Cmdlets.Tests;

public sealed class ShowDigitTests : IDisposable
{
    private readonly ModuleShell _shell = new(width: 80);

    public ShowDigitTests() => _shell.Run("$data = Import-Mnist -Synthetic -Count 60; $net = New-Network -Seed 1");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Each_line_is_a_string()
    {
        string[] lines = _shell.Run("$data.Test | Get-Digit -First 3 | Show-Digit").All<string>();
        // Two rows of fourteen lines with a caption each, and a blank line between them.
        Assert.Equal(31, lines.Length);
        Assert.Contains("#0: ", lines[14], StringComparison.Ordinal);
        Assert.Contains("#1: ", lines[14], StringComparison.Ordinal);
        Assert.Equal("", lines[15]);
        Assert.Contains("#2: ", lines[30], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Renderer Block")]
    [InlineData("-Renderer Ascii")]
    public void A_host_without_escapes_is_sent_none(string renderer)
        => Assert.All(
            _shell.Run($"$data.Test | Get-Digit -First 3 | Show-Digit {renderer}; Show-Network $net {renderer}").Text,
            line => Assert.DoesNotContain('\e', line));

    [Fact]
    public void A_wish_for_a_renderer_is_granted_anywhere()
        => Assert.Contains("\e[48;2;", _shell.Run("$data.Test | Get-Digit 0 | Show-Digit -Renderer TrueColor").Text[0]);

    [Fact]
    public void A_set_shows_its_first_ten_digits_and_says_so()
    {
        string[] lines = _shell.Run("$data | Show-Digit -Size Small").Text;
        Assert.Equal("The first 10 of 60 digits; Get-Digit picks others.", lines[^1]);
        Assert.Equal(2, lines.Count(line => line.Contains('#', StringComparison.Ordinal)));
    }

    [Fact]
    public void A_prediction_is_drawn_with_both_probabilities()
    {
        _shell.Run("$p = @($data | Get-Prediction -Network $net)[0]");
        Prediction prediction = _shell.Get<Prediction>("p");
        string[] lines = _shell.Run("$p | Show-Digit -Data $data").Text;
        Assert.StartsWith($"#0: {prediction.Label}, ", lines[14], StringComparison.Ordinal);
        Assert.StartsWith($"said {prediction.Predicted}, ", lines[15], StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_needs_the_digits_that_it_speaks_of()
    {
        _shell.Run("$p = $data | Get-Prediction -Network $net");
        Assert.Equal("DigitsMissing", _shell.Attempt("$p[0] | Show-Digit").ErrorId);
        Outcome outcome = _shell.Attempt("$p[0, 40, 1] | Show-Digit -Data ($data.Test | Get-Digit 0, 1)");
        Assert.Equal("DigitNotFound", outcome.ErrorId);
        Assert.Contains("#1: ", outcome.Text[14], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_W1_are_pictures_and_so_are_columns_of_X()
    {
        Assert.Contains("W1 9", string.Join('\n', _shell.Run("$net.W1 | Show-Digit -Size Small").Text));
        Assert.Contains("X 2", string.Join('\n',
            _shell.Run("$data.Test | Get-Digit -First 3 | ConvertTo-Matrix | Show-Digit").Text));
        Assert.Contains("W2 10×10", _shell.Run("$net.W2 | Show-Digit").Text[^1]);
    }

    [Fact]
    public void A_network_beside_the_digit_shows_its_ten_probabilities()
    {
        string[] lines = _shell.Run("$data.Test | Get-Digit 0 | Show-Digit -Network $net -Width 80").Text;
        Assert.Equal(10, lines.Count(line => line.EndsWith(" %", StringComparison.Ordinal) && line.Length > 50));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("'abc' | Show-Digit", "InputNotDrawable")]
    [InlineData("$net | Show-Digit", "InputNotDrawable")]
    [InlineData("Show-Network $net -Layer 3", "InvalidSetting")]
    [InlineData("Show-Network $net -Unit 10", "InvalidSetting")]
    public void What_cannot_be_drawn_is_said(string script, string id)
        => Assert.Equal(id, _shell.Attempt(script).ErrorId);

    [Fact]
    public void A_wide_network_shows_its_first_units_and_says_how_many_there_are()
        => Assert.Equal(
            "The first 256 of 2,000 units; -Unit picks others.",
            _shell.Run("Show-Network (New-Network -Hidden 2000)").Text[^1]);

    [Fact]
    public void Every_layer_of_a_deep_network_can_be_drawn()
    {
        string[] lines = _shell.Run("Show-Network (New-Network -Hidden 30,20,10,10,10,10,10,10,10) -Layer (1..10)")
            .Text;
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(10, lines.Count(line => line.StartsWith('W')));
    }
}
