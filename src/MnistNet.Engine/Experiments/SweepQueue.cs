namespace MnistNet;

/// <summary>
/// The runs that are still to do, for several workers. A run that was given back is dealt out again; a worker that
/// finds no run waits while one is under way that might come back.
/// </summary>
internal sealed class SweepQueue(IEnumerable<SweepRun> runs) : IDisposable
{
    private readonly object _gate = new();
    private readonly IEnumerator<SweepRun> _fresh = runs.GetEnumerator();
    private readonly Queue<SweepRun> _returned = new();
    private int _underWay;
    private bool _isClosed;

    /// <summary>The next run; null when none is left and none can come back.</summary>
    internal SweepRun? Take()
    {
        lock (_gate)
        {
            while (!_isClosed)
            {
                if (_returned.TryDequeue(out SweepRun? run)
                    || (run = _fresh.MoveNext() ? _fresh.Current : null) is not null)
                {
                    _underWay++;
                    return run;
                }

                if (_underWay == 0)
                {
                    break;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    /// <summary>A run that was taken is done.</summary>
    internal void Complete() => Settle(null);

    /// <summary>A run that was taken must be done by another worker.</summary>
    internal void GiveBack(SweepRun run) => Settle(run);

    /// <summary>Hands out no more runs.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Whether runs are left that no worker took or that came back.</summary>
    internal bool HasRunsLeft()
    {
        lock (_gate)
        {
            return _returned.Count > 0 || _fresh.MoveNext();
        }
    }

    public void Dispose() => _fresh.Dispose();

    private void Settle(SweepRun? returned)
    {
        lock (_gate)
        {
            _underWay--;
            if (returned is not null)
            {
                _returned.Enqueue(returned);
            }

            Monitor.PulseAll(_gate);
        }
    }
}
