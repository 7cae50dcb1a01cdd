using System.Management.Automation;

namespace MnistNet.Cmdlets.Tests;

/// <summary>What holds of everything that a cmdlet puts out.</summary>
public sealed class OutputTests : IClassFixture<OutputTests.Session>
{
    private readonly ModuleShell _shell;

    public OutputTests(Session session) => _shell = session.Shell;

    public static TheoryData<string> Types => [.. OutputSamples.Scripts.Keys];

    [Fact]
    public void Every_type_that_a_cmdlet_declares_has_a_sample_here()
    {
        string[] declared = _shell.Text(
            "(Get-Command -Module MnistNet).OutputType.Name | Where-Object { $_ -like 'MnistNet.*' }");
        Assert.NotEmpty(declared);
        Assert.Empty(declared.Select(name => name["MnistNet.".Length..]).Except(OutputSamples.Scripts.Keys));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_sample_is_of_its_type(string type)
        => Assert.Equal($"MnistNet.{type}", Sample(type).BaseObject.GetType().FullName);

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_that_the_compiler_made_is_among_the_members(string type)
        => Assert.DoesNotContain(
            Sample(type).Members,
            member => member.Name is "Deconstruct" or "EqualityContract" or "PrintMembers"
                || member.Name.Contains('<', StringComparison.Ordinal));

    private PSObject Sample(string type) => Assert.Single(_shell.Run(OutputSamples.Scripts[type]).Output);

    public sealed class Session : IDisposable
    {
        public Session() => Shell.Run(OutputSamples.Preparation);

        internal ModuleShell Shell { get; } = new();

        public void Dispose() => Shell.Dispose();
    }
}
