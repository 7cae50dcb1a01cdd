using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace MnistNet.Cmdlets.Tests;

/// <summary>What <see cref="ShellHost"/> prints on. It takes no colours, so its text has none.</summary>
internal sealed class ShellScreen(int width) : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    public override PSHostRawUserInterface RawUI { get; } = new ScreenSize(width);

    public override bool SupportsVirtualTerminal => false;

    public string[] TakeLines()
    {
        lock (_text)
        {
            string text = _text.ToString();
            _text.Clear();
            return text.TrimEnd('\n').Split('\n') is [""] ? [] : text.TrimEnd('\n').Split('\n');
        }
    }

    public override void Write(string value)
    {
        lock (_text)
        {
            _text.Append(GetOutputString(value, SupportsVirtualTerminal).ReplaceLineEndings("\n"));
        }
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => throw NoOneIsHere();

    public override SecureString ReadLineAsSecureString() => throw NoOneIsHere();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw NoOneIsHere();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw NoOneIsHere();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
        => throw NoOneIsHere();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        => throw NoOneIsHere();

    private static InvalidOperationException NoOneIsHere() => new(
        "Something asked a question, and nobody is here to answer it.");

    /// <summary>Only the size of it is ever asked for.</summary>
    private sealed class ScreenSize(int width) : PSHostRawUserInterface
    {
        public override Size BufferSize { get; set; } = new(width, 1000);

        public override Size WindowSize { get; set; } = new(width, 50);

        public override Size MaxWindowSize => WindowSize;

        public override Size MaxPhysicalWindowSize => WindowSize;

        public override Coordinates CursorPosition { get; set; }

        public override Coordinates WindowPosition { get; set; }

        public override int CursorSize { get; set; }

        public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

        public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

        public override string WindowTitle { get; set; } = "";

        public override bool KeyAvailable => false;

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw NoOneIsHere();

        public override void ScrollBufferContents(
            Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
            => throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
            throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) =>
            throw new NotSupportedException();
    }
}
