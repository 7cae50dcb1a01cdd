using System.Text.RegularExpressions;

namespace MnistNet.Cmdlets.Tests;

/// <summary>The cmdlets' parameters and their help say of each setting what the engine declares.</summary>
public class SettingParityTests
{
    private static readonly string Docs = Path.Combine(StagedModule.Root, "docs", "cmdlets");

    [Theory]
    [InlineData("Invoke-Training", false)]
    [InlineData("Invoke-TrainingSweep", true)]
    public void Every_setting_is_a_parameter_of_its_type_and_range(string cmdlet, bool isSwept)
    {
        string[] wanted = [.. SettingCatalog.All
            .Where(setting => !isSwept || setting.CanBeSwept)
            .Select(setting => Line(
                setting.Name,
                setting.Name == "Hidden"
                    ? (isSwept ? "String[]" : "Int32[]") : setting.Type.Name + (isSwept ? "[]" : ""),
                setting.Range is null ? "" : setting.Name))];

        using var shell = new ModuleShell();
        string[] found = shell.Run($$"""
            (Get-Command {{cmdlet}}).Parameters.Values | ForEach-Object {
                $range = $_.Attributes | Where-Object { $_.GetType().Name -eq 'ValidateSettingAttribute' }
                "$($_.Name) $($_.ParameterType.Name) $($range.Setting)"
            }
            """).Text;

        Assert.Empty(wanted.Except(found));
    }

    [Theory]
    [InlineData("Invoke-Training")]
    [InlineData("Invoke-TrainingSweep")]
    public void The_help_of_every_setting_tells_its_default(string cmdlet)
    {
        string page = File.ReadAllText(Path.Combine(Docs, cmdlet + ".md"));
        bool isSweep = cmdlet.EndsWith("Sweep", StringComparison.Ordinal);
        Assert.All(SettingCatalog.All.Where(setting => !isSweep || setting.CanBeSwept), setting =>
        {
            Match section =
                Regex.Match(page, $@"^### -{setting.Name}\n(?<text>.*?)(?=^###? )",
                RegexOptions.Multiline | RegexOptions.Singleline);
            Assert.True(section.Success, $"{cmdlet} has no help for -{setting.Name}");
            string told =
                Regex.Match(section.Groups["text"].Value, "^Default: (.*)$", RegexOptions.Multiline).Groups[1].Value;
            Assert.Equal(
                $"{setting}: {Regex.Replace(setting.DefaultText, "`([A-Za-z]+)`", "-$1")}", $"{setting}: {told}");
        });
    }

    [Fact]
    public void Every_setting_has_a_meaning()
        => Assert.All(SettingCatalog.All, setting => Assert.Matches(@"^\S.*\.$", setting.Meaning));

    private static string Line(string name, string type, string range) => $"{name} {type} {range}";
}
