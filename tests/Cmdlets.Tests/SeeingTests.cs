namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// The commands of about_MnistNet_Seeing as they are printed, in the embedded engine and on the real digits where they
/// are to be had.
/// </summary>
public sealed class SeeingTests : IDisposable
{
    private readonly ModuleShell _shell = new(width: 80);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("TrueColor")]
    [InlineData("Color256")]
    [InlineData("Block")]
    [InlineData("Ascii")]
    public void The_topics_commands_draw_what_it_says_within_the_terminals_width(string renderer)
    {
        string topic = Path.Combine(StagedModule.Root, "module", "en-US", "about_MnistNet_Seeing.help.txt");
        string code = string.Join('\n', File.ReadLines(topic).Where(
            line => line.StartsWith("        ", StringComparison.Ordinal)));
        string import = Environment.GetEnvironmentVariable("MNISTNET_DATA") is null
            ? "Import-Mnist -Synthetic -Count 600"
            : "Import-Mnist -Count 6000";
        Assert.Contains("= Import-Mnist\n", code, StringComparison.Ordinal);

        Outcome outcome = _shell.Run(
            $"$PSDefaultParameterValues['Show-*:Renderer'] = '{renderer}'\n"
                + code.Replace("= Import-Mnist\n", $"= {import}\n", StringComparison.Ordinal));

        string[] lines = outcome.Text;
        Assert.Empty(outcome.Errors);
        string[] plain = [.. lines.Select(WithoutColors)];
        Assert.All(plain, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(
            renderer is "TrueColor" or "Color256",
            lines.Any(line => line.Contains('\e', StringComparison.Ordinal)));
        foreach (string what in (ReadOnlySpan<string>)["#0: ", "said ", "loss of 784-10-10", "smoothed", "against it"])
        {
            Assert.Contains(plain, line => line.Contains(what, StringComparison.Ordinal));
        }
    }

    // Every picture's characters are one column wide; colours take none.
    private static string WithoutColors(string line)
        => System.Text.RegularExpressions.Regex.Replace(line, "\e\\[[0-9;]*m", "");
}
