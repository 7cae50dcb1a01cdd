namespace MnistNet.Cmdlets;

/// <summary>
/// The rows of a training under way, thinned as they grow, so that looking at them stays quick however long it takes.
/// Rows
/// come from the training's thread and are looked at from the pipeline's.
/// </summary>
internal sealed class RunningHistory
{
    private const int Most = 2048;

    private readonly Lock _lock = new();
    private readonly List<HistoryRow> _rows = [];
    private int _stride = 1;
    private int _count;
    private HistoryRow? _latest;

    /// <summary>Takes note of a row.</summary>
    internal void Add(HistoryRow row)
    {
        lock (_lock)
        {
            _latest = row;
            if (_count++ % _stride != 0)
            {
                return;
            }

            _rows.Add(row);
            if (_rows.Count > Most)
            {
                for (int i = 0; i < _rows.Count / 2; i++)
                {
                    _rows[i] = _rows[2 * i];
                }

                _rows.RemoveRange(_rows.Count / 2, _rows.Count - (_rows.Count / 2));
                _stride *= 2;
            }
        }
    }

    /// <summary>The rows kept, the latest among them.</summary>
    internal HistoryRow[] ToArray()
    {
        lock (_lock)
        {
            return _rows.Count > 0 && _latest is HistoryRow latest && _rows[^1] != latest ? [.. _rows, latest]
                : [.. _rows];
        }
    }
}
