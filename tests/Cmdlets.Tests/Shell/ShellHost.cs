using System.Globalization;
using System.Management.Automation.Host;

namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// A terminal of a given width that remembers what was printed on it. Nobody sits at it: it answers no question.
/// </summary>
internal sealed class ShellHost(int width, CultureInfo culture) : PSHost
{
    private readonly ShellScreen _screen = new(width);

    public override string Name => "MnistNet tests";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => culture;

    public override CultureInfo CurrentUICulture => culture;

    public override PSHostUserInterface UI => _screen;

    /// <summary>What was printed since the last call, line by line.</summary>
    public string[] TakeLines() => _screen.TakeLines();

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
