using System.Diagnostics;
using MnistNet.Kernels;

namespace MnistNet;

/// <summary>
/// The loop: row after row of history, until there is a reason to stop. What a step changes is in
/// <see cref="TrainingSteps"/>, when to give up in <see cref="EarlyStopping"/>, what comes after the last row in
/// <see cref="FinalEvaluation"/>.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    // The confusion along the way is for looking at, and must not take more time than the training.
    private const int DigitsOfASnapshot = 2000;

    private readonly TrainingSettings _settings;
    private readonly WorkerTeam _team;
    private readonly TrainingSteps _steps;
    private readonly SetMeasure? _validation;
    private readonly EarlyStopping? _patience;
    private readonly SnapshotKeeper? _snapshots;
    private readonly SetMeasure? _judge;
    private readonly DigitSet _judged;
    private readonly int _imageCount;
    private readonly List<HistoryRow> _history = [];
    private readonly Stopwatch _clock = new();

    // The parameters that the latest row began with and that gave a finite loss; before them, those that it begins
    // with.
    private readonly float[] _first;
    private float[] _finite;
    private float[] _candidate;
    private int _finiteSteps;
    private RowSums _row;
    private long _imagesSeen;
    private TimeSpan _earlier;
    private StopReason? _ended;

    /// <summary>Prepares a training, which takes seconds for the widest networks.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    public TrainingRun(Network network, DigitSet train, TrainingSettings settings, CancellationToken cancellation)
    {
        TrainingSettingsCheck.Check(settings, train);

        // Preprocessing is part of the training's time. It comes before the split, since it is kept with the set that
        // came in, from run to run.
        _clock.Start();
        DigitSet seen = network.See(train);
        _clock.Stop();
        (Train, DigitSet? validation) = StratifiedSplit.HoldOut(seen, settings.ValidationFraction, settings.Seed);
        TrainingSettingsCheck.CheckBatchSize(settings, Train);
        Start = network;
        _settings = settings;
        _imageCount = Train.Count;
        _patience = settings.Patience is int rows ? new EarlyStopping(rows, settings.MinimumDelta) : null;
        _team = new WorkerTeam(settings.Threads ?? WorkerTeam.DefaultSize);
        try
        {
            _steps = new TrainingSteps(network, Train, settings, _team, cancellation);
            TotalSteps = TrainingSettingsCheck.CountSteps(settings, _steps.PerEpoch);
            _validation = validation is null ? null : new SetMeasure(network, validation, _team);
            _judged = (validation ?? Train).Take(DigitsOfASnapshot);
            _snapshots = settings.SnapshotEvery is int every ? new SnapshotKeeper(every) : null;
            _judge = _snapshots is null ? null : new SetMeasure(network, _judged, _team);
        }
        catch
        {
            // The threads of a run that never came to be would live on.
            _validation?.Dispose();
            _steps?.Dispose();
            _team.Dispose();
            throw;
        }

        _first = _steps.Parameters.ToArray();
        _finite = (float[])_first.Clone();
        _candidate = (float[])_first.Clone();
    }

    /// <summary>The network that training began with.</summary>
    public Network Start { get; }

    /// <summary>The digits that are learned from, as the network sees them, without the validation share.</summary>
    public DigitSet Train { get; }

    /// <summary>The number of steps of the whole run.</summary>
    public int TotalSteps { get; }

    /// <summary>The number of steps done.</summary>
    public int StepsDone => _steps.Done;

    /// <summary>Whether there is nothing left to do: the training taken up had ended for good.</summary>
    public bool HasEnded => _ended is not null || !IsUnderWay;

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<HistoryRow> History => _history;

    /// <summary>The time spent in training, that of earlier calls too.</summary>
    public double Seconds => (_earlier + _clock.Elapsed).TotalSeconds;

    /// <summary>The number of images learned from, each pass counted.</summary>
    public long ImagesSeen => _imagesSeen;

    /// <summary>The parameters as they stand, in the kernels' layout.</summary>
    public ReadOnlySpan<float> Parameters => _steps.Parameters;

    // A row whose validation was interrupted is still to be written, even after the last step.
    private bool IsUnderWay => _steps.Done < TotalSteps || _row.Images > 0;

    // The limit is for this call: a training that is gone on with has the whole of it again.
    private bool IsTimeUp => _clock.Elapsed.TotalSeconds >= _settings.MaxSeconds;

    /// <summary>Told of each row, with what gives the parameters as they are then; null without a watcher.</summary>
    public Action<HistoryRow, Func<IReadOnlyList<Matrix>>>? Watch { get; init; }

    /// <summary>Takes up a training where it was left.</summary>
    /// <exception cref="ShapeException">The state is of another network.</exception>
    public void Resume(TrainingState state)
    {
        if (!Fits(state, _first.Length))
        {
            throw new ShapeException(
                $"The checkpoint does not fit the training it claims to be of: {state.Parameters.Length:N0} numbers "
                    + $"after "
                + $"{state.StepsDone:N0} steps, where {_first.Length:N0} and at most {TotalSteps:N0} were expected.",
                "CheckpointDamaged");
        }

        _finite = (float[])state.Finite.Clone();
        _finiteSteps = state.FiniteSteps;
        _row = state.Row;
        _imagesSeen = state.ImagesSeen;
        _earlier = TimeSpan.FromSeconds(state.Seconds);
        _history.AddRange(state.History);
        _patience?.Resume(state);
        _steps.RestoreOptimizer(state.Optimizer, state.Beta1Power, state.Beta2Power);
        _steps.Restore(state.Parameters, state.StepsDone);
        _ended = state.StopReason is StopReason.Cancelled or StopReason.TimeLimit ? null : state.StopReason;
    }

    /// <summary>Everything that is needed to go on from here.</summary>
    public TrainingState Capture() => new()
    {
        StepsDone = _steps.Done,
        Parameters = _steps.Parameters.ToArray(),
        Finite = _finite,
        FiniteSteps = _finiteSteps,
        Row = _row,
        Best = _patience?.Best,
        BestSteps = _patience?.BestSteps ?? 0,
        BestLoss = _patience?.BestLoss ?? double.PositiveInfinity,
        RowsSinceBest = _patience?.RowsSinceBest ?? 0,
        Optimizer = _steps.CaptureOptimizer(),
        Beta1Power = _steps.Beta1Power,
        Beta2Power = _steps.Beta2Power,
        ImagesSeen = _imagesSeen,
        Seconds = Seconds,
        History = _history,
        StopReason = _ended,
    };

    /// <summary>Trains until there is a reason to stop.</summary>
    public StopReason Continue(Action<HistoryRow>? onRow, Checkpoints? checkpoints, CancellationToken cancellation)
    {
        _clock.Start();
        try
        {
            _snapshots?.Observe(_history.Count, TakeSnapshot);
            while (_ended is null && IsUnderWay)
            {
                _ended = RunRow(onRow, cancellation) ?? (_steps.Done == TotalSteps ? StopReason.Completed : null);
                if (_row.Images == 0)
                {
                    _snapshots?.Observe(_history.Count, TakeSnapshot);
                }

                checkpoints?.Observe(Capture, _ended is not null);
            }

            return _ended ?? StopReason.Completed;
        }
        finally
        {
            _clock.Stop();
        }
    }

    /// <summary>Prepares to measure the parameters on a set.</summary>
    public SetMeasure Measure(DigitSet set) => new(Start, set, _team);

    /// <summary>
    /// The validation loss and accuracy of the parameters; null without a validation share, or when cancelled.
    /// </summary>
    public (double Loss, double Accuracy)? MeasureValidation(CancellationToken cancellation)
        => _validation?.Of(_steps.Parameters, cancellation);

    /// <summary>Goes back to the parameters with the best validation loss, where patience has kept some.</summary>
    public bool ReturnToBest()
    {
        if (_patience?.Best is not float[] best)
        {
            return false;
        }

        _steps.Restore(best, _patience.BestSteps);
        return true;
    }

    /// <summary>
    /// Goes back from parameters that give no finite loss to those that the latest row began with. In the first row
    /// these are the untrained ones, so there the steps are taken again, to the same bits, up to the last one with a
    /// finite loss.
    /// </summary>
    public void ReturnToFinite(CancellationToken cancellation)
    {
        int last = _steps.Done - 1;
        ReturnToRowStart();
        if (_finiteSteps > 0 || last <= 0)
        {
            return;
        }

        _steps.ForgetOptimizer();
        while (_steps.Done < last)
        {
            StepOutcome outcome = _steps.Take(AlphaOfNext, cancellation);
            if (outcome.IsCancelled || !double.IsFinite(outcome.LossSum))
            {
                break;
            }
        }
    }

    /// <summary>Goes back to the parameters that the latest row began with.</summary>
    public void ReturnToRowStart() => _steps.Restore(_finite, _finiteSteps);

    /// <summary>Goes back to the parameters that training began with.</summary>
    public void ReturnToStart() => _steps.Restore(_first, 0);

    /// <summary>The snapshots that were asked for.</summary>
    /// <param name="withEnd">Whether to add one of the parameters as they stand, which takes a moment.</param>
    public IReadOnlyList<TrainingSnapshot> FinishSnapshots(bool withEnd)
    {
        if (withEnd)
        {
            _snapshots?.Finish(_steps.Done, TakeSnapshot);
        }

        return _snapshots?.Kept ?? [];
    }

    /// <summary>The network of the parameters as they stand.</summary>
    public Network ToNetwork() => Start.With(_steps.ToMatrices());

    public void Dispose()
    {
        _judge?.Dispose();
        _validation?.Dispose();
        _steps.Dispose();
        _team.Dispose();
    }

    private double AlphaOfNext => LearningRate.At(
        _settings.Schedule, _settings.EffectiveAlpha, _settings.WarmUp, _steps.Done, TotalSteps);

    private TrainingSnapshot TakeSnapshot() => new(
        _steps.Done,
        _steps.Done / _steps.PerEpoch,
        _steps.ToMatrices()[0],
        _judge!.Confusion(_steps.Parameters, _judged.Labels));

    // One pass over the images, or what is left of it or of the run: a row of history. Null means: go on.
    private StopReason? RunRow(Action<HistoryRow>? onRow, CancellationToken cancellation)
    {
        int epoch = (_steps.Done - (_row.Images > 0 ? 1 : 0)) / _steps.PerEpoch;
        int end = (int)Math.Min(TotalSteps, (epoch + 1L) * _steps.PerEpoch);
        if (_row.Images == 0)
        {
            _steps.Parameters.CopyTo(_candidate);
        }

        while (_steps.Done < end)
        {
            if (RunStep(cancellation) is StopReason reason)
            {
                return reason;
            }

            if (_steps.Done < end && (cancellation.IsCancellationRequested || IsTimeUp))
            {
                return cancellation.IsCancellationRequested ? StopReason.Cancelled : StopReason.TimeLimit;
            }
        }

        (double Loss, double Accuracy)? validation = MeasureValidation(cancellation);
        if (_validation is not null && validation is null)
        {
            return StopReason.Cancelled;
        }

        var row = new HistoryRow(
            _steps.Done,
            epoch + 1,
            _row.Loss / _row.Images,
            (double)_row.Correct / _row.Images,
            validation?.Loss,
            validation?.Accuracy,
            _row.Alpha,
            Math.Sqrt(_row.GradientSquares),
            Seconds);
        _row = default;
        _history.Add(row);
        onRow?.Invoke(row);
        Watch?.Invoke(row, _steps.ToMatrices);
        return Judge(row);
    }

    private StopReason? RunStep(CancellationToken cancellation)
    {
        double alpha = AlphaOfNext;
        int count = _steps.NextCount;
        StepOutcome outcome = _steps.Take(alpha, cancellation);
        if (outcome.IsCancelled)
        {
            return StopReason.Cancelled;
        }

        if (!double.IsFinite(outcome.LossSum))
        {
            ReturnToFinite(cancellation);
            return StopReason.Diverged;
        }

        if (_row.Images == 0)
        {
            (_finite, _candidate) = (_candidate, _finite);
            _finiteSteps = _steps.Done - 1;
        }

        _imagesSeen += count;
        _row = new RowSums(
            _row.Loss + outcome.LossSum,
            _row.Correct + outcome.Correct,
            _row.Images + count,
            alpha,
            outcome.GradientSquares);
        return null;
    }

    private StopReason? Judge(HistoryRow row)
    {
        if (row.ValidationLoss is double loss && _patience?.Observe(loss, _steps.Parameters, _steps.Done) == true)
        {
            return StopReason.EarlyStopped;
        }

        if ((row.ValidationAccuracy ?? row.Accuracy) >= _settings.TargetAccuracy)
        {
            if (row.ValidationAccuracy is null && _steps.IsFullBatch)
            {
                // The accuracy is that of the network before its update: keep that one.
                ReturnToRowStart();
            }

            return StopReason.TargetReached;
        }

        return IsTimeUp && _steps.Done < TotalSteps ? StopReason.TimeLimit : null;
    }

    private bool Fits(TrainingState state, int length)
    {
        // The sums of a row under way are over all of its images so far.
        int stepsOfRow = state.StepsDone == 0 ? 0 : ((state.StepsDone - 1) % _steps.PerEpoch) + 1;
        long imagesOfRow = Math.Min((long)stepsOfRow * _steps.BatchSize, _imageCount);
        return state.StepsDone >= 0
            && state.StepsDone <= TotalSteps
            && state.FiniteSteps <= state.StepsDone
            && state.BestSteps <= state.StepsDone
            && (state.Row.Images == 0 || state.Row.Images == imagesOfRow)
            && state.Optimizer.Length == UpdateStep.StateCount(_settings.Optimizer)
            && state.Optimizer
                .Append(state.Parameters)
                .Append(state.Finite)
                .Append(state.Best ?? state.Finite)
                .All(values => values.Length == length);
    }
}
