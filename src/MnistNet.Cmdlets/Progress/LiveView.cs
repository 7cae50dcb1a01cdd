using System.Diagnostics;
using System.Text;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>
/// Draws a training while it goes on: loss and accuracy as curves, the units of the first layer as they form, how far
/// it
/// is. Each frame is drawn over the one before by moving the cursor up; the terminal is asked nothing. The last frame
/// stays.
/// </summary>
/// <param name="write">Writes text to the terminal as it is.</param>
/// <param name="measure">Tells the size of the window; null when it has none any more.</param>
/// <param name="renderer">What the frames are made of.</param>
/// <param name="progress">Tells how far the training is.</param>
internal sealed class LiveView(
    Action<string> write, Func<(int Width, int Height)?> measure, Renderer renderer, Func<WorkProgress?> progress)
        : IDisposable
{
    /// <summary>A window smaller than this has no room for a curve.</summary>
    internal const int LeastWidth = 40, LeastHeight = 14;

    private const string HideCursor = "\e[?25l", ShowCursor = "\e[?25h", ClearToEnd = "\e[K";
    private const int CurveRows = 6, MostUnits = 10, UnitLines = 8;

    /// <summary>
    /// Drawing takes at most this share of the time, so that a slow terminal does not slow the training down.
    /// </summary>
    private const double LargestShare = 0.025;

    private const int CostsKept = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly RunningHistory _history = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Queue<TimeSpan> _costs = [];
    private TimeSpan _next;
    private bool _isDrawn;
    private int _lines;
    private (int Width, int Height)? _size;
    private volatile bool _wantsUnits = true;
    private volatile Matrix? _units;

    /// <summary>Takes note of a row; called on the training's thread.</summary>
    /// <param name="row">The row.</param>
    /// <param name="parameters">Gives W1, b1 … as they are now; asked only when a frame is due.</param>
    internal void Observe(HistoryRow row, Func<IReadOnlyList<Matrix>> parameters)
    {
        _history.Add(row);
        if (_wantsUnits)
        {
            _wantsUnits = false;
            _units = parameters()[0];
        }
    }

    /// <summary>Draws a frame, unless the one before is too young; called on the pipeline's thread.</summary>
    /// <returns>Nothing, so that no progress bar is shown.</returns>
    internal WorkProgress? Draw()
    {
        TimeSpan start = _clock.Elapsed;
        if (start < _next || measure() is not { } size || size.Width < LeastWidth || size.Height < LeastHeight)
        {
            return null;
        }

        DrawFrame(size);
        _next = _clock.Elapsed + PauseAfter(_clock.Elapsed - start);
        _isDrawn = true;
        _wantsUnits = true;
        return null;
    }

    /// <summary>
    /// How long to draw nothing. The least of the latest costs counts: a frame is slower when it is the first of its
    /// kind,
    /// or when the machine had something else to do.
    /// </summary>
    private TimeSpan PauseAfter(TimeSpan cost)
    {
        _costs.Enqueue(cost);
        if (_costs.Count > CostsKept)
        {
            _costs.Dequeue();
        }

        TimeSpan pause = _costs.Min() / LargestShare;
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>Draws the last frame, which stays, and gives the cursor back.</summary>
    public void Dispose()
    {
        if (!_isDrawn)
        {
            return;
        }

        try
        {
            if (measure() is { } size)
            {
                DrawFrame(size);
            }
        }
        finally
        {
            write(ShowCursor);
        }
    }

    private void DrawFrame((int Width, int Height) size)
    {
        HistoryRow[] rows = _history.ToArray();
        if (rows.Length == 0)
        {
            return;
        }

        var text = new StringBuilder(HideCursor);
        if (_size == size && _lines > 0)
        {
            text.Append(Invariant($"\e[{_lines}A"));
        }
        else
        {
            // In a window of another size nobody knows where the old frame begins: it stays, and a new one follows.
            _lines = 0;
        }

        // A line as wide as the window would wrap in some terminals.
        List<string> lines = [.. Frame(rows, new Screen(renderer, size.Width - 1), size.Height - 1)];
        while (lines.Count < _lines)
        {
            lines.Add("");
        }

        foreach (string line in lines)
        {
            text.Append('\r').Append(line).Append(ClearToEnd).Append('\n');
        }

        write(text.ToString());
        _lines = lines.Count;
        _size = size;
    }

    private IEnumerable<string> Frame(HistoryRow[] rows, Screen screen, int height)
    {
        Screen half = screen with { Width = (screen.Width - TextSheet.Gap) / 2 };
        TextBlock curves = TextBlock.Beside(
            [.. HistoryCharts.OfRun("", rows).Select(chart => ChartText.Draw(chart, CurveRows, half))],
            TextSheet.Gap,
            screen.Renderer);
        foreach (StyledLine line in curves.Lines)
        {
            yield return line.ToString();
        }

        int room = (height - curves.Lines.Count - 1) / (UnitLines + 1);
        if (room > 0 && _units is Matrix w1 && NetworkPictures.SideOf(w1) is not null && w1.IsFinite())
        {
            foreach (string line in Units(w1, screen, room))
            {
                yield return line;
            }
        }

        if (progress() is WorkProgress state)
        {
            string left = state.Remaining is TimeSpan remaining ? Invariant($", {remaining.TotalSeconds:F0} s left")
                : "";
            yield return screen.Fit(state.Status + left, screen.Width);
        }
    }

    private static IEnumerable<string> Units(Matrix w1, Screen screen, int room)
    {
        var sheet = new TextSheet(screen);
        (IReadOnlyList<Picture> pictures, _) = NetworkPictures.UnitsOf(
            w1, [.. Enumerable.Range(0, Math.Min(w1.RowCount, MostUnits))
                .Select(unit => (unit, Invariant($"unit {unit}")))], PictureSize.Small, screen);
        List<string> lines = [.. pictures.SelectMany(picture => sheet.Add(PictureText.Draw(picture, screen)))];
        lines.AddRange(sheet.Flush());

        // Whole rows of units only: each has its lines, and a blank one before the next.
        return lines.Take((room * (UnitLines + 1)) - 1);
    }
}
