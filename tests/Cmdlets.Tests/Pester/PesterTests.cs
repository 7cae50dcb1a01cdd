using System.Reflection;

namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// What only PowerShell itself has: fresh shells, jobs, remoting, CSV, the examples of the help. Each file of these
/// tests runs in a pwsh of its own, and leaves its counts in artifacts/tests/pester.
/// </summary>
public class PesterTests
{
    private static readonly string s_folder = Path.Combine(StagedModule.Root, "tests");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(s_folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)).Order()];

    // It always runs: a project in which every test is skipped counts as one that failed to run any.
    [Fact]
    public void There_are_tests_for_PowerShell() => Assert.NotEmpty(Files);

    [Theory]
    [MemberData(nameof(Files))]
    public void In_PowerShell(string file)
    {
        PowerShellProgram program = PowerShellProgram.Require();
        string reports =
            Directory.CreateDirectory(Path.Combine(StagedModule.Root, "artifacts", "tests", "pester")).FullName;
        string report = Path.Combine(reports, Path.ChangeExtension(file, ".txt"));
        File.Delete(report);
        string pester = typeof(PesterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(
            entry => entry.Key == "Pester").Value!;

        (int exitCode, string text) = program.Run(
            [
                "-File", Path.Combine(s_folder, "Run.ps1"), Path.Combine(s_folder, file), "-Report", report, "-Pester",
                pester,
            ],
            new Dictionary<string, string> { ["MNISTNET_TEST_MODULE"] = StagedModule.Manifest },
            TimeSpan.FromMinutes(20));

        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Assert.True(exitCode == 0 && File.Exists(report), text);
    }
}
