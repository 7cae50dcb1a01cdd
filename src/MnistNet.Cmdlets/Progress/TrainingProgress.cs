using System.Diagnostics;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>What people see while a network learns: how far it is, the loss, the accuracy, the time left.</summary>
/// <param name="settings">How it learns.</param>
/// <param name="hasCurve">Whether the loss is drawn as a small curve too, made of blocks.</param>
internal sealed class TrainingProgress(TrainingSettings settings, bool hasCurve)
{
    private const int CurveWidth = 12;

    private readonly RunningHistory _history = new();

    // The time of this call: a row's own time counts that of earlier calls which this one went on from.
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private volatile HistoryRow? _latest;

    /// <summary>Takes note of a history row; called on the training's thread.</summary>
    internal void Observe(HistoryRow step)
    {
        _latest = step;
        _history.Add(step);
    }

    /// <summary>The state to show; null before the first row.</summary>
    internal WorkProgress? Describe()
    {
        if (_latest is not HistoryRow step)
        {
            return null;
        }

        (int done, int all, string unit) = settings.Epochs is int epochs
            ? (step.Epoch, epochs, "epoch")
            : (step.Iteration, settings.EffectiveIterations!.Value, "iteration");
        double remaining = step.Seconds / Math.Max(done, 1) * Math.Max(all - done, 0);
        double fraction = (double)done / all;
        double spent = _clock.Elapsed.TotalSeconds;
        if (settings.MaxSeconds is double limit && limit - spent < remaining)
        {
            remaining = Math.Max(limit - spent, 0);
            fraction = spent / limit;
        }

        string held = step.ValidationAccuracy is double validation ? Invariant($", validation {validation:P1}") : "";
        string curve = hasCurve
            ? " " + Sparkline.Draw([.. _history.ToArray().Select(row => row.Loss)], CurveWidth)
            : "";
        return new WorkProgress(
            Invariant($"{unit} {done:N0}/{all:N0}, loss {step.Loss:F4}{curve}, accuracy {step.Accuracy:P1}{held}"),
            fraction,
            TimeSpan.FromSeconds(remaining));
    }
}
