namespace MnistNet.Tests;

public sealed class TerminalFactsTests
{
    [Fact]
    public void Without_unicode_there_is_ascii_whatever_else_holds()
        => Assert.Equal(Renderer.Ascii, (With(("COLORTERM", "truecolor")) with { IsUnicode = false }).Choose());

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public void Who_wants_no_colour_gets_blocks(string name, string value)
        => Assert.Equal(Renderer.Block, With((name, value), ("COLORTERM", "truecolor")).Choose());

    [Fact]
    public void An_empty_NO_COLOR_says_nothing() => Assert.Equal(Renderer.Color256, With(("NO_COLOR", "")).Choose());

    [Fact]
    public void Where_escapes_would_be_garbage_there_are_blocks()
    {
        TerminalFacts colourful = With(("COLORTERM", "truecolor"));
        Assert.Equal(Renderer.Block, (colourful with { IsRedirected = true }).Choose());
        Assert.Equal(Renderer.Block, (colourful with { HasEscapes = false }).Choose());
        Assert.Equal(Renderer.Block, (colourful with { WantsPlainText = true }).Choose());
    }

    [Theory]
    [InlineData("COLORTERM", "truecolor", Renderer.TrueColor)]
    [InlineData("COLORTERM", "24bit", Renderer.TrueColor)]
    [InlineData("WT_SESSION", "a guid", Renderer.TrueColor)]
    [InlineData("TERM_PROGRAM", "WezTerm", Renderer.TrueColor)]
    [InlineData("TERM_PROGRAM", "Apple_Terminal", Renderer.Color256)]
    [InlineData("TERM", "xterm-256color", Renderer.Color256)]
    public void Terminals_known_to_have_true_colour_get_it(string name, string value, Renderer expected)
        => Assert.Equal(expected, With((name, value)).Choose());

    [Fact]
    public void The_users_own_variable_comes_first()
    {
        Assert.Equal(Renderer.TrueColor, (With(("MNISTNET_RENDERER", "truecolor")) with { IsRedirected = true })
            .Choose());
        Assert.Equal(Renderer.Block, (With(("MNISTNET_RENDERER", "Auto")) with { IsRedirected = true }).Choose());
        SettingException fault = Assert.Throws<SettingException>(() => With(("MNISTNET_RENDERER", "sixel")).Choose());
        Assert.Contains("TrueColor, Color256, Block, Ascii", fault.Message);
    }

    private static TerminalFacts With(params (string Name, string Value)[] variables)
        => new() { Environment = name => variables.FirstOrDefault(variable => variable.Name == name).Value };
}
