namespace MnistNet;

/// <summary>What a training gave: the network, how good it is, how it got there.</summary>
public sealed class TrainingResult
{
    /// <summary>The trained network.</summary>
    public required Network Network { get; init; }

    /// <inheritdoc cref="Network.Fingerprint"/>
    public string Fingerprint => Network.Fingerprint;

    /// <summary>The learning rate α it began with.</summary>
    public required double Alpha { get; init; }

    /// <summary>
    /// The number of updates that led to the network: with patience those of the best one, which may be fewer than were
    /// done.
    /// </summary>
    public required int Iterations { get; init; }

    /// <summary>
    /// The accuracy of the final network on the digits it learned from; null when training was cancelled before it was
    /// measured.
    /// </summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>The accuracy of the final network on the validation share; null without one.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>
    /// The accuracy of the final network on the test set, measured once, at the end; null without a test set.
    /// </summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>The mean loss of the final network on the digits it learned from.</summary>
    public required double? Loss { get; init; }

    /// <summary>The mean loss of the final network on the test set; null without one.</summary>
    public double? TestLoss { get; init; }

    /// <summary>
    /// The time spent in training steps, validation included, the final measurement not; that of earlier calls which
    /// this one went on from too.
    /// </summary>
    public required double Seconds { get; init; }

    /// <summary>The number of images learned from in a second.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Why training ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>The seed of the order of the images; the network keeps the seed of its first weights.</summary>
    public required int Seed { get; init; }

    /// <summary>The settings it ran with.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Whether it began with a fresh network, which its initialiser and its seed give again.</summary>
    internal bool IsFromScratch { get; init; }

    /// <summary>The name of the data, such as <c>MNIST train</c>.</summary>
    public required string Data { get; init; }

    /// <summary>A row an iteration (full batch) or an epoch (mini-batches).</summary>
    public required IReadOnlyList<HistoryRow> History { get; init => field = new RowList<HistoryRow>([.. value]); }

    /// <summary>
    /// What the network looked like on its way, evenly spread, the untrained one first and the final one last; empty
    /// unless
    /// <see cref="TrainingSettings.SnapshotEvery"/> asks for it.
    /// </summary>
    public IReadOnlyList<TrainingSnapshot> Snapshots { get; init => field = new RowList<TrainingSnapshot>([.. value]); }
        = new RowList<TrainingSnapshot>([]);

    /// <summary>Such as <c>784-10-10 ReLU, 700 iterations, test accuracy 0.9098</c>.</summary>
    public override string ToString()
    {
        string outcome = (TestAccuracy, TrainAccuracy) switch
        {
            (double test, _) => $"test accuracy {Text(test)}",
            (_, double train) => $"train accuracy {Text(train)}",
            _ => StopReason.ToString(),
        };
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{Network}, {Iterations:N0} iterations, {outcome}");

        static string Text(double accuracy) =>
            accuracy.ToString("F4", System.Globalization.CultureInfo.InvariantCulture);
    }
}
