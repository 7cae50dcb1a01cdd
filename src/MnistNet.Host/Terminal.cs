namespace MnistNet.Host;

/// <summary>The standard output and error, and one line of progress that never mixes with what is printed.</summary>
internal sealed class Terminal
{
    private const int DefaultWidth = 80;

    private readonly Lock _gate = new();
    private string _progress = "";
    private bool _isAtLineStart = true;

    /// <summary>Whether a person looks on, and not a file or another program.</summary>
    public bool IsLive { get; } = !Console.IsOutputRedirected;

    /// <summary>Whether colours are understood and wanted (https://no-color.org).</summary>
    public bool TakesColors => !(ReportsErrors ? Console.IsErrorRedirected : Console.IsOutputRedirected) && WantsColors;

    /// <summary>The columns of it, as they are now: a window may change its size.</summary>
    public int Width => IsLive && Console.WindowWidth is > 0 and int width ? width : DefaultWidth;

    /// <summary>The rows of it.</summary>
    public int Height => IsLive && Console.WindowHeight is > 0 and int height ? height : DefaultWidth;

    /// <summary>While true, everything printed goes to the standard error.</summary>
    public bool ReportsErrors { get; set; }

    public void Write(string text) => Write(ReportsErrors ? Console.Error : Console.Out, text);

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    public void WriteErrorLine(string text) => Write(Console.Error, text + Environment.NewLine);

    /// <summary>
    /// Shows a line of progress in place of the last one, below everything printed; cut where the terminal ends.
    /// </summary>
    public void ShowProgress(string line)
    {
        lock (_gate)
        {
            if (IsLive && _isAtLineStart)
            {
                string text = line.Length < Width ? line : line[..(Width - 1)];
                Console.Out.Write("\r" + text.PadRight(Math.Min(_progress.Length, Width - 1)));
                Console.Out.Flush();
                _progress = text;
            }
        }
    }

    /// <summary>Takes the line of progress away.</summary>
    public void ClearProgress()
    {
        lock (_gate)
        {
            if (_progress.Length > 0)
            {
                Console.Out.Write("\r" + new string(' ', Math.Min(_progress.Length, Width - 1)) + "\r");
                Console.Out.Flush();
                _progress = "";
            }
        }
    }

    private static bool WantsColors { get; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    private void Write(TextWriter writer, string text)
    {
        lock (_gate)
        {
            ClearProgress();
            writer.Write(text);
            writer.Flush();
            _isAtLineStart = text.Length == 0 ? _isAtLineStart : text[^1] == '\n';
        }
    }
}
