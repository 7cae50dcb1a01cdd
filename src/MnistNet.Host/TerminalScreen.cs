using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MnistNet.Host;

/// <summary>
/// Prints what the engine has to say, in the colours of <c>$PSStyle</c> where the terminal takes them. It asks nothing.
/// </summary>
internal sealed class TerminalScreen(Terminal terminal) : PSHostUserInterface
{
    private readonly PSStyle.FormattingData _colors = PSStyle.Instance.Formatting;

    public override PSHostRawUserInterface RawUI { get; } = new TerminalSize(terminal);

    public override bool SupportsVirtualTerminal => terminal.TakesColors;

    public override void Write(string value) => terminal.Write(Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
        => Write(PSStyle.MapForegroundColorToEscapeSequence(foregroundColor) + value + PSStyle.Instance.Reset);

    public override void WriteLine(string value) => terminal.WriteLine(Plain(value));

    public override void WriteErrorLine(string value)
    {
        // A file that takes the errors takes no colours, whatever the output goes to.
        bool colors = terminal.TakesColors && !Console.IsErrorRedirected;
        terminal.WriteErrorLine(GetOutputString(Paint(_colors.Error, value), colors));
    }

    public override void WriteWarningLine(string message) => WriteLine(Paint(_colors.Warning, "WARNING: " + message));

    public override void WriteVerboseLine(string message) => WriteLine(Paint(_colors.Verbose, "VERBOSE: " + message));

    public override void WriteDebugLine(string message) => WriteLine(Paint(_colors.Debug, "DEBUG: " + message));

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            terminal.ClearProgress();
        }
        else if (terminal.IsLive)
        {
            terminal.ShowProgress(ProgressLine.Of(record, terminal.Width));
        }
    }

    public override string ReadLine() => throw NoQuestions();

    public override SecureString ReadLineAsSecureString() => throw NoQuestions();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
        => throw NoQuestions();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
        => throw NoQuestions();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
        => throw NoQuestions();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        => throw NoQuestions();

    private static string Paint(string color, string text) => color + text + PSStyle.Instance.Reset;

    private static PSInvalidOperationException NoQuestions()
        => new("This program asks nothing while it runs: say it in the command, or use PowerShell itself.");

    private string Plain(string text) => GetOutputString(text, SupportsVirtualTerminal);
}
