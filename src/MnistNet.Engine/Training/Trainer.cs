namespace MnistNet;

/// <summary>Trains networks: forward propagation, backpropagation and update, over and over.</summary>
public static class Trainer
{
    /// <summary>Trains a copy of a network.</summary>
    /// <param name="network">The network to begin with; it is not changed.</param>
    /// <param name="train">The digits to learn from; they need labels.</param>
    /// <param name="test">The digits to be judged by once at the end, or null.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="onRow">Called after each history row, on the training thread; it must be quick.</param>
    /// <param name="cancellationToken">Ends training early; what was learned until then is returned, with
    /// <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="SettingException">A setting is out of its range or contradicts another; nothing was
    /// done.</exception>
    /// <exception cref="ShapeException">The network does not fit the data, or labels are missing; nothing was
    /// done.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    public static TrainingResult Train(
        Network network,
        DigitSet train,
        DigitSet? test,
        TrainingSettings settings,
        Action<HistoryRow>? onRow = null,
        CancellationToken cancellationToken = default)
        => Train(network, train, test, settings, null, onRow, cancellationToken);

    /// <summary>Trains a copy of a network, keeping what is needed to go on after an interruption.</summary>
    /// <param name="network">The network to begin with; it is not changed.</param>
    /// <param name="train">The digits to learn from; they need labels.</param>
    /// <param name="test">The digits to be judged by once at the end, or null.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="checkpoints">Where to keep the checkpoint, and whether to go on from it; null keeps none.</param>
    /// <param name="onRow">Called after each history row, on the training thread; it must be quick. Rows of the
    /// training gone on from are not told again.</param>
    /// <param name="cancellationToken">Ends training early; what was learned until then is returned, with
    /// <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="SettingException">A setting is out of its range or contradicts another, or the checkpoint is
    /// another training's; nothing was done.</exception>
    /// <exception cref="ShapeException">The network does not fit the data, or labels are missing; nothing was
    /// done.</exception>
    /// <exception cref="DataFormatException">The checkpoint to go on from is damaged or of another version; nothing was
    /// done.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    public static TrainingResult Train(
        Network network,
        DigitSet train,
        DigitSet? test,
        TrainingSettings settings,
        CheckpointSettings? checkpoints,
        Action<HistoryRow>? onRow = null,
        CancellationToken cancellationToken = default)
        => Train(network, train, test, settings, checkpoints, onRow, null, cancellationToken);

    /// <summary>Trains a copy of a network and shows it to a watcher.</summary>
    /// <param name="network">The network to begin with; it is not changed.</param>
    /// <param name="train">The digits to learn from; they need labels.</param>
    /// <param name="test">The digits to be judged by once at the end, or null.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="checkpoints">Where to keep the checkpoint, and whether to go on from it; null keeps none.</param>
    /// <param name="onRow">Called after each history row, on the training thread; it must be quick.</param>
    /// <param name="watch">
    /// Called after that, with what gives W1, b1, W2 … as they are now, while the call lasts; looking changes nothing.
    /// </param>
    /// <param name="cancellationToken">Ends training early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    internal static TrainingResult Train(
        Network network,
        DigitSet train,
        DigitSet? test,
        TrainingSettings settings,
        CheckpointSettings? checkpoints,
        Action<HistoryRow>? onRow,
        Action<HistoryRow, Func<IReadOnlyList<Matrix>>>? watch,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(settings);
        if (train.Count == 0)
        {
            throw new ShapeException($"{train.Name} is empty: there is nothing to learn from.", "EmptyBatch");
        }

        train.RequireLabels();
        network.RequireFit(train);
        if (test is not null)
        {
            if (test.Count == 0)
            {
                throw new ShapeException(
                    $"{test.Name} is empty: there is nothing to be judged by. Leave the test set out.", "EmptyBatch");
            }

            test.RequireLabels();
            network.RequireFit(test);
        }

        using var run = new TrainingRun(network, train, settings, cancellationToken) { Watch = watch };
        Checkpoints? keeper = checkpoints is null ? null : new Checkpoints(checkpoints, network, train, settings);
        if (keeper?.Load() is TrainingState state)
        {
            run.Resume(state);
        }

        if (!run.HasEnded)
        {
            keeper?.Begin(run.Capture());
        }

        StopReason reason = run.Continue(onRow, keeper, cancellationToken);
        return FinalEvaluation.Of(run, reason, test, settings, cancellationToken);
    }
}
