using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>One progress bar, which disappears when it is disposed of, whatever happened meanwhile.</summary>
internal sealed class ProgressBar(Cmdlet cmdlet, string activity) : IDisposable
{
    /// <summary>The least time between two updates.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static int s_count;

    private readonly int _id = Interlocked.Increment(ref s_count);
    private string? _status;

    /// <summary>Shows the state of the work.</summary>
    internal void Show(WorkProgress progress)
    {
        _status = progress.Status;
        cmdlet.WriteProgress(new ProgressRecord(_id, activity, progress.Status)
        {
            PercentComplete = progress.Fraction is double fraction ? (int)(100 * Math.Clamp(fraction, 0, 1)) : -1,
            SecondsRemaining = progress.Remaining is TimeSpan left ? (int)Math.Ceiling(left.TotalSeconds) : -1,
        });
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_status is null || cmdlet.Stopping)
        {
            // Nothing was shown, or the pipeline is being stopped, which takes all its bars away and allows no more
            // writing.
            return;
        }

        cmdlet.WriteProgress(new ProgressRecord(_id, activity, _status) { RecordType = ProgressRecordType.Completed });
    }
}
