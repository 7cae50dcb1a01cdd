namespace MnistNet;

/// <summary>
/// Keeps snapshots of a training, the first before any update. When there are too many, every second one is dropped and
/// twice as many rows lie between two from then on, so that they stay evenly spread.
/// </summary>
/// <param name="every">The number of history rows between two snapshots to begin with.</param>
internal sealed class SnapshotKeeper(int every)
{
    /// <summary>There are never more.</summary>
    internal const int Most = 100;

    private readonly List<TrainingSnapshot> _kept = [];
    private int _every = every;

    /// <summary>The snapshots so far.</summary>
    internal IReadOnlyList<TrainingSnapshot> Kept => _kept;

    /// <summary>Keeps a snapshot when it is time for one.</summary>
    /// <param name="rows">The number of history rows done.</param>
    /// <param name="take">Takes the snapshot.</param>
    internal void Observe(int rows, Func<TrainingSnapshot> take)
    {
        if (rows % _every != 0)
        {
            return;
        }

        if (_kept.Count == Most - 1)
        {
            // One place is left for the end.
            for (int i = _kept.Count - 1 - (_kept.Count % 2 == 0 ? 0 : 1); i > 0; i -= 2)
            {
                _kept.RemoveAt(i);
            }

            _every *= 2;
            if (rows % _every != 0)
            {
                return;
            }
        }

        _kept.Add(take());
    }

    /// <summary>Keeps the end, unless it is there already.</summary>
    internal void Finish(int iteration, Func<TrainingSnapshot> take)
    {
        if (_kept.Count == 0 || _kept[^1].Iteration != iteration)
        {
            _kept.Add(take());
        }
    }
}
