namespace MnistNet;

/// <summary>Sets blocks beside each other, as many as the screen has room for, and row below row.</summary>
/// <param name="screen">Where it is shown.</param>
/// <param name="most">The most blocks of a row; null for as many as fit.</param>
internal sealed class TextSheet(Screen screen, int? most = null)
{
    /// <summary>The number of spaces between two blocks.</summary>
    public const int Gap = 2;

    private readonly List<TextBlock> _row = [];
    private int _width;
    private bool _hasRows;

    /// <summary>Takes a block; gives the lines of the row that is full now, if one is.</summary>
    public IEnumerable<string> Add(TextBlock block)
    {
        IEnumerable<string> full = _row.Count > 0 && (_row.Count >= most || _width + Gap + block.Width > screen.Width)
            ? Flush() : [];
        _width = _row.Count == 0 ? block.Width : _width + Gap + block.Width;
        _row.Add(block);
        return full;
    }

    /// <summary>The lines of the last row; a blank line stands between rows.</summary>
    public IEnumerable<string> Flush()
    {
        if (_row.Count == 0)
        {
            return [];
        }

        TextBlock row = TextBlock.Beside(_row, Gap, screen.Renderer);
        _row.Clear();
        IEnumerable<string> lines = row.Lines.Select(line => line.ToString());
        lines = _hasRows ? lines.Prepend("") : lines;
        _hasRows = true;
        return [.. lines];
    }
}
