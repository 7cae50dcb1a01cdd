using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MnistNet.Cmdlets.Tests;

/// <summary>The licences of the libraries in the package.</summary>
public sealed partial class NoticesTests
{
    private static readonly string s_notices =
        File.ReadAllText(Path.Combine(StagedModule.Folder, "THIRD-PARTY-NOTICES.md"));

    [Fact]
    public void Every_library_in_the_package_stands_in_the_notices_and_no_other()
    {
        XDocument versions = XDocument.Load(Path.Combine(StagedModule.Root, "Directory.Packages.props"));
        string[] bundled =
        [
            .. Directory.GetFiles(StagedModule.Bin, "*.dll").Select(path => AssemblyName.GetAssemblyName(path).Name!)
                .Where(name => !name.StartsWith("MnistNet.", StringComparison.Ordinal)).Order()
                .Select(name => $"{name} {Version(versions, name)}"),
        ];
        Assert.NotEmpty(bundled);
        Assert.Equal(bundled, Heading().Matches(s_notices).Select(match => match.Groups[1].Value.Trim()).Order());
    }

    [Fact]
    public void Every_library_has_its_licence_with_it()
    {
        string[] parts = Heading().Split(s_notices)[1..];
        for (int i = 0; i < parts.Length; i += 2)
        {
            Assert.Contains("https://", parts[i + 1], StringComparison.Ordinal);
            Assert.Matches("licence|Unlicense", parts[i + 1]);
            Assert.Matches("(?s)THE SOFTWARE IS PROVIDED|THIS SOFTWARE IS PROVIDED BY", parts[i + 1]);
        }
    }

    private static string Version(XDocument versions, string name) => versions.Descendants("PackageVersion")
        .Single(package => (string?)package.Attribute("Include") == name).Attribute("Version")!.Value;

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
