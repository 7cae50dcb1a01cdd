using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MnistNet.Architecture;

/// <summary>A version that stands in several files is the same in all of them.</summary>
public class VersionTests
{
    [Fact]
    public void The_manifest_has_the_version_of_the_build()
        => Assert.Equal(Property("Version"), ManifestEntry("ModuleVersion"));

    [Fact]
    public void The_latest_entry_of_the_changelog_is_of_this_version()
    {
        string entry = File.ReadLines(Path.Combine(Repository.Root, "CHANGELOG.md"))
            .First(line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.Contains(Property("Version"), entry, StringComparison.Ordinal);
    }

    [Fact]
    public void The_PowerShell_that_tests_use_is_one_and_of_the_kind_that_the_manifest_asks_for()
    {
        string package = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(element => element.Attribute("Include")!.Value == "System.Management.Automation")
            .Attribute("Version")!.Value;
        using JsonDocument tools = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, ".config", "dotnet-tools.json")));
        JsonElement tool = tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version");

        Assert.Equal(package, tool.GetString());
        Assert.StartsWith(ManifestEntry("PowerShellVersion") + ".", package, StringComparison.Ordinal);
    }

    private static string Property(string name) => XDocument
        .Load(Path.Combine(Repository.Root, "Directory.Build.props"))
        .Descendants(name).Single().Value;

    private static string ManifestEntry(string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "MnistNet.psd1"));
        return Regex.Match(text, $@"^\s*{name}\s*=\s*'([^']+)'", RegexOptions.Multiline).Groups[1].Value;
    }
}
