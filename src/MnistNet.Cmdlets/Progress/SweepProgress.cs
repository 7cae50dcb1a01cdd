using System.Diagnostics;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>What people see while a sweep goes on: how many runs are done, the best so far, the time left.</summary>
/// <param name="count">The number of runs to do.</param>
internal sealed class SweepProgress(int count)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _done;
    private int _failed;
    private double _best = double.NegativeInfinity;

    /// <summary>Takes note of a row; called on the sweep's thread.</summary>
    internal void Observe(SweepRun row)
    {
        if (row.Error.Length > 0)
        {
            _failed++;
        }

        if ((row.TestAccuracy ?? row.ValidationAccuracy ?? row.TrainAccuracy) is double accuracy && accuracy > _best)
        {
            _best = accuracy;
        }

        Interlocked.Increment(ref _done);
    }

    /// <summary>The state to show.</summary>
    internal WorkProgress? Describe()
    {
        int done = Volatile.Read(ref _done);
        string failed = _failed > 0 ? Invariant($", {_failed:N0} failed") : "";
        string best = double.IsFinite(_best) ? Invariant($", best accuracy {_best:P1}") : "";
        return new WorkProgress(
            Invariant($"{done:N0}/{count:N0} runs{failed}{best}"),
            (double)done / count,
            done == 0 ? null : _clock.Elapsed / done * (count - done));
    }
}
