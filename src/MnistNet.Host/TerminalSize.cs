using System.Management.Automation.Host;

namespace MnistNet.Host;

/// <summary>How large the terminal is: the views fit themselves to it. Nothing else of it is touched.</summary>
internal sealed class TerminalSize(Terminal terminal) : PSHostRawUserInterface
{
    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw Untouched();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw Untouched();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

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

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Untouched();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw Untouched();

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Untouched();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Untouched();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Untouched();

    private static NotSupportedException Untouched() => new("This program prints line by line, and reads no keys.");
}
