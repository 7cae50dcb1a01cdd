namespace MnistNet;

/// <summary>
/// The best run of a sweep so far, which alone keeps its network. Runs are judged by their validation accuracy. Where
/// nothing was held out for validation, by the test accuracy, which then is no longer an honest figure for the winner;
/// without a test set by the training accuracy.
/// </summary>
public sealed class BestRun
{
    /// <summary>The row; null before the first that has an accuracy.</summary>
    public SweepRun? Row { get; private set; }

    /// <summary>The figure that rows are judged by: the name of a column.</summary>
    public string Figure => FigureOf(Row);

    /// <summary>Takes note of a row: its network is let go, or that of the best one before it.</summary>
    public void Observe(SweepRun row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Error.Length == 0 && Value(row) is double value && (Row is null || IsBetter(row, value)))
        {
            Row?.Network = null;
            Row = row;
        }
        else
        {
            row.Network = null;
        }
    }

    /// <summary>
    /// Trains the best run again where its network is not at hand, because it ran elsewhere or earlier.
    /// </summary>
    /// <param name="train">The digits of the sweep.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Whether the network is that of the row, to the bit: one whose time was limited may be
    /// another.</returns>
    public bool Complete(DigitSet train, CancellationToken cancellation)
    {
        if (Row is null || Row.Network is not null)
        {
            return true;
        }

        TrainingResult result = Trainer.Train(
            Row.CreateNetwork(train.PixelCount, cancellation), train, null, Row.ToSettings(), null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Row.Network = result.Network;
        return Row.NetworkFingerprint == result.Fingerprint;
    }

    // A row with a validation share counts for more than any without: figures of two kinds cannot be compared.
    private bool IsBetter(SweepRun row, double value)
    {
        int rank = Rank(row), best = Rank(Row!);
        return rank != best ? rank < best : value > Value(Row!);
    }

    private static double? Value(SweepRun row) => row.ValidationAccuracy ?? row.TestAccuracy ?? row.TrainAccuracy;

    private static int Rank(SweepRun row) =>
        row.ValidationAccuracy is not null ? 0 : row.TestAccuracy is not null ? 1 : 2;

    private static string FigureOf(SweepRun? row) => row switch
    {
        null or { ValidationAccuracy: not null } => nameof(SweepRun.ValidationAccuracy),
        { TestAccuracy: not null } => nameof(SweepRun.TestAccuracy),
        _ => nameof(SweepRun.TrainAccuracy),
    };
}
