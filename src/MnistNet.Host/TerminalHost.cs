using System.Globalization;
using System.Management.Automation.Host;

namespace MnistNet.Host;

/// <summary>What the engine sees of this program.</summary>
internal sealed class TerminalHost(Terminal terminal) : PSHost
{
    public override string Name => "MnistNet.Host";

    public override Version Version { get; } = typeof(TerminalHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = new TerminalScreen(terminal);

    /// <summary>What a script has said with <c>exit</c>; null where it did not.</summary>
    public int? ExitCode { get; private set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This program has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This program has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
