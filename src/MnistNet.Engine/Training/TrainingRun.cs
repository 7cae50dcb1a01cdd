using System.Diagnostics;
using MnistNet.Kernels;

namespace MnistNet;

/// <summary>
/// The loop, and everything that changes while it turns: parameters, optimiser state, history, the best network so far.
/// The order of an epoch's images follows from the seed and the number of the epoch alone.
/// </summary>
internal sealed unsafe class TrainingRun : IDisposable
{
    private static readonly TimeSpan MeasureAfterCancelling = TimeSpan.FromMilliseconds(200);

    private readonly Network _network;
    private readonly DigitSet _train;
    private readonly TrainingSettings _settings;
    private readonly WorkerTeam _team;
    private readonly TrainingKernel _kernel;
    private readonly InferenceKernel? _validation;
    private readonly int[] _order;
    private readonly List<HistoryRow> _history = [];
    private readonly Stopwatch _clock = new();

    // The parameters that the latest row began with and that gave a finite loss; before them, those that it begins with.
    private readonly float[] _first;
    private float[] _finite;
    private float[] _candidate;
    private int _finiteSteps;
    private RowSums _row;
    private float[]? _best;
    private int _bestSteps;
    private double _bestLoss = double.PositiveInfinity;
    private int _rowsSinceBest;
    private double _beta1Power = 1, _beta2Power = 1;
    private long _imagesSeen;
    private TimeSpan _earlier;
    private StopReason? _ended;

    public TrainingRun(Network network, DigitSet train, TrainingSettings settings)
    {
        TrainingSettingsCheck.Check(settings, train);

        // Preprocessing is part of the training's time. It comes before the split, since it is kept with the set that
        // came in, from run to run.
        _clock.Start();
        DigitSet seen = network.See(train);
        _clock.Stop();
        (_train, DigitSet? validation) = StratifiedSplit.HoldOut(seen, settings.ValidationFraction, settings.Seed);
        TrainingSettingsCheck.CheckBatchSize(settings, _train);
        _network = network;
        _settings = settings;
        BatchSize = settings.BatchSize ?? _train.Count;
        StepsPerEpoch = (_train.Count + BatchSize - 1) / BatchSize;
        TotalSteps = TrainingSettingsCheck.CountSteps(settings, StepsPerEpoch);
        _team = new WorkerTeam(settings.Threads ?? WorkerTeam.DefaultSize);
        try
        {
            _kernel = new TrainingKernel(network, _train, BatchSize, settings.Optimizer, settings.LabelSmoothing, _team);
            _validation = validation is null ? null : new InferenceKernel(network, validation, _team);
        }
        catch
        {
            // Nobody else can end the threads of a run that never came to be.
            _kernel?.Dispose();
            _team.Dispose();
            throw;
        }

        _order = IsFullBatch ? [] : GC.AllocateUninitializedArray<int>(_train.Count, pinned: true);
        _finite = _kernel.Parameters.ToArray();
        _candidate = (float[])_finite.Clone();
        _first = (float[])_finite.Clone();
    }

    /// <summary>The number of images of a step.</summary>
    public int BatchSize { get; }

    /// <summary>The number of steps of a pass over the training set.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The number of steps of the whole run.</summary>
    public int TotalSteps { get; }

    /// <summary>The number of steps done.</summary>
    public int StepsDone { get; private set; }

    /// <summary>Whether there is nothing left to do: the training taken up had ended for good.</summary>
    public bool HasEnded => _ended is not null || !IsUnderWay;

    // A row whose validation was interrupted is still to be written, even after the last step.
    private bool IsUnderWay => StepsDone < TotalSteps || _row.Images > 0;

    private bool IsFullBatch => BatchSize == _train.Count;

    /// <summary>Takes up a training where it was left.</summary>
    /// <exception cref="ShapeException">The state is of another network.</exception>
    public void Resume(TrainingState state)
    {
        int length = _kernel.Parameters.Length;
        if (!Fits(state, length))
        {
            throw new ShapeException($"The checkpoint does not fit the training it claims to be of: {state.Parameters.Length:N0} numbers after {state.StepsDone:N0} steps, where {length:N0} and at most {TotalSteps:N0} were expected.", "CheckpointDamaged");
        }

        StepsDone = state.StepsDone;
        _finite = (float[])state.Finite.Clone();
        _finiteSteps = state.FiniteSteps;
        _row = state.Row;
        _best = (float[]?)state.Best?.Clone();
        _bestSteps = state.BestSteps;
        _bestLoss = state.BestLoss;
        _rowsSinceBest = state.RowsSinceBest;
        (_beta1Power, _beta2Power) = (state.Beta1Power, state.Beta2Power);
        _imagesSeen = state.ImagesSeen;
        _earlier = TimeSpan.FromSeconds(state.Seconds);
        _history.AddRange(state.History);
        for (int i = 0; i < state.Optimizer.Length; i++)
        {
            state.Optimizer[i].CopyTo(_kernel.State(i));
        }

        Restore(state.Parameters);
        _ended = state.StopReason is StopReason.Cancelled or StopReason.TimeLimit ? null : state.StopReason;
    }

    /// <summary>Trains until there is a reason to stop.</summary>
    public StopReason Continue(Action<HistoryRow>? onStep, Checkpoints? checkpoints, CancellationToken cancellation)
    {
        _clock.Start();
        try
        {
            while (_ended is null && IsUnderWay)
            {
                _ended = RunRow(onStep, cancellation) ?? (StepsDone == TotalSteps ? StopReason.Completed : null);
                checkpoints?.Observe(Capture, _ended is not null);
            }

            return _ended ?? StopReason.Completed;
        }
        finally
        {
            _clock.Stop();
        }
    }

    /// <summary>Measures the network that came out, and sums up.</summary>
    public TrainingResult Finish(StopReason reason, DigitSet? test, CancellationToken cancellation)
    {
        // Whoever cancelled has no patience left, but a quick look at what was learned is worth a moment.
        using var brief = new CancellationTokenSource();
        if (reason == StopReason.Cancelled)
        {
            brief.CancelAfter(MeasureAfterCancelling);
            cancellation = brief.Token;
        }

        if (_best is not null)
        {
            Restore(_best);
            StepsDone = _bestSteps;
        }
        else if (reason != StopReason.Diverged && !IsFinite(_kernel.Parameters))
        {
            // The very last update may be the one that went too far: no loss after it told.
            reason = StopReason.Diverged;
            ReturnToFinite(cancellation);
        }

        (double Loss, double Accuracy)? onTrain = Measure(_train, cancellation);
        foreach ((float[] parameters, int steps) in (ReadOnlySpan<(float[], int)>)[(_finite, _finiteSteps), (_first, 0)])
        {
            // Finite on the images of one step does not mean finite on all.
            if (onTrain is not { } measured || double.IsFinite(measured.Loss))
            {
                break;
            }

            reason = StopReason.Diverged;
            Restore(parameters);
            StepsDone = steps;
            onTrain = Measure(_train, cancellation);
        }

        (double Loss, double Accuracy)? onValidation = _validation is null ? null : MeasureValidation(cancellation);
        (double Loss, double Accuracy)? onTest = test is null ? null : Measure(_network.See(test), cancellation);
        return new TrainingResult
        {
            Network = _network.With(_kernel.ToMatrices()),
            Alpha = _settings.EffectiveAlpha,
            Iterations = StepsDone,
            TrainAccuracy = onTrain?.Accuracy,
            ValidationAccuracy = onValidation?.Accuracy,
            TestAccuracy = onTest?.Accuracy,
            Loss = onTrain?.Loss,
            TestLoss = onTest?.Loss,
            Seconds = Seconds,
            ImagesPerSecond = _imagesSeen / Math.Max(Seconds, 1e-9),
            StopReason = reason,
            Seed = _settings.Seed,
            Settings = _settings,
            Data = _train.Name,
            History = _history,
        };
    }

    public void Dispose()
    {
        _validation?.Dispose();
        _kernel.Dispose();
        _team.Dispose();
    }

    // One pass over the images, or what is left of it or of the run: a row of history. Null means: go on.
    private StopReason? RunRow(Action<HistoryRow>? onStep, CancellationToken cancellation)
    {
        int epoch = (StepsDone - (_row.Images > 0 ? 1 : 0)) / StepsPerEpoch;
        int end = (int)Math.Min(TotalSteps, (epoch + 1L) * StepsPerEpoch);
        Shuffle(epoch);
        if (_row.Images == 0)
        {
            _kernel.Parameters.CopyTo(_candidate);
        }

        while (StepsDone < end)
        {
            StepOutcome outcome = Advance(out int count, out double alpha, cancellation);
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
                _finiteSteps = StepsDone - 1;
            }

            _imagesSeen += count;
            _row = new RowSums(_row.Loss + outcome.LossSum, _row.Correct + outcome.Correct, _row.Images + count, alpha, outcome.GradientSquares);
            if (StepsDone < end && (cancellation.IsCancellationRequested || IsTimeUp))
            {
                return cancellation.IsCancellationRequested ? StopReason.Cancelled : StopReason.TimeLimit;
            }
        }

        (double Loss, double Accuracy)? validation = null;
        if (_validation is not null && (validation = MeasureValidation(cancellation)) is null)
        {
            return StopReason.Cancelled;
        }

        var row = new HistoryRow(
            StepsDone, epoch + 1, _row.Loss / _row.Images, (double)_row.Correct / _row.Images, validation?.Loss, validation?.Accuracy,
            _row.Alpha, Math.Sqrt(_row.GradientSquares), Seconds);
        _row = default;
        _history.Add(row);
        onStep?.Invoke(row);
        return Judge(row);
    }

    // One step. When its loss is not finite, or it was cancelled, it counts for nothing.
    private StepOutcome Advance(out int count, out double alpha, CancellationToken cancellation)
    {
        int start = StepsDone % StepsPerEpoch * BatchSize;
        count = Math.Min(BatchSize, _train.Count - start);
        double beta1Power = _beta1Power * _settings.Beta1, beta2Power = _beta2Power * _settings.Beta2;
        alpha = LearningRate.At(_settings, StepsDone, TotalSteps);
        StepOutcome outcome = TakeStep(start, count, new UpdateStep(_settings, alpha, count, beta1Power, beta2Power), cancellation);
        if (!outcome.IsCancelled && double.IsFinite(outcome.LossSum))
        {
            StepsDone++;
            (_beta1Power, _beta2Power) = (beta1Power, beta2Power);
        }

        return outcome;
    }

    /// <summary>
    /// Goes back from parameters that give no finite loss to those that the latest row began with. In the first row these are
    /// the untrained ones, so there the steps are done again, to the same bits, up to the last one with a finite loss.
    /// </summary>
    private void ReturnToFinite(CancellationToken cancellation)
    {
        int last = StepsDone - 1;
        Restore(_finite);
        StepsDone = _finiteSteps;
        if (StepsDone > 0 || last <= 0)
        {
            return;
        }

        for (int i = 0; i < UpdateStep.StateCount(_settings.Optimizer); i++)
        {
            _kernel.State(i).Clear();
        }

        (_beta1Power, _beta2Power) = (1, 1);
        Shuffle(0);
        while (StepsDone < last)
        {
            StepOutcome outcome = Advance(out _, out _, cancellation);
            if (outcome.IsCancelled || !double.IsFinite(outcome.LossSum))
            {
                break;
            }
        }
    }

    private void Shuffle(int epoch)
    {
        if (!IsFullBatch)
        {
            ImageOrder.Shuffle(_order, _settings.Seed, epoch);
        }
    }

    private StopReason? Judge(HistoryRow row)
    {
        if (_settings.Patience is int patience && row.ValidationLoss is double loss)
        {
            if (loss < _bestLoss - _settings.MinimumDelta)
            {
                _bestLoss = loss;
                _rowsSinceBest = 0;
                _bestSteps = StepsDone;
                _best ??= new float[_kernel.Parameters.Length];
                _kernel.Parameters.CopyTo(_best);
            }
            else if (++_rowsSinceBest >= patience)
            {
                return StopReason.EarlyStopped;
            }
        }

        if ((row.ValidationAccuracy ?? row.Accuracy) >= _settings.TargetAccuracy)
        {
            if (row.ValidationAccuracy is null && IsFullBatch)
            {
                // The accuracy is that of the network before its update: keep that one.
                Restore(_finite);
                StepsDone--;
            }

            return StopReason.TargetReached;
        }

        return IsTimeUp && StepsDone < TotalSteps ? StopReason.TimeLimit : null;
    }

    private double Seconds => (_earlier + _clock.Elapsed).TotalSeconds;

    // The limit is for this call: a training that is gone on with has the whole of it again.
    private bool IsTimeUp => _clock.Elapsed.TotalSeconds >= _settings.MaxSeconds;

    /// <summary>Everything that is needed to go on from here.</summary>
    public TrainingState Capture() => new()
    {
        StepsDone = StepsDone,
        Parameters = _kernel.Parameters.ToArray(),
        Finite = _finite,
        FiniteSteps = _finiteSteps,
        Row = _row,
        Best = _best,
        BestSteps = _bestSteps,
        Optimizer = [.. Enumerable.Range(0, UpdateStep.StateCount(_settings.Optimizer)).Select(i => _kernel.State(i).ToArray())],
        BestLoss = _bestLoss,
        RowsSinceBest = _rowsSinceBest,
        Beta1Power = _beta1Power,
        Beta2Power = _beta2Power,
        ImagesSeen = _imagesSeen,
        Seconds = Seconds,
        History = _history,
        StopReason = _ended,
    };

    private StepOutcome TakeStep(int start, int count, in UpdateStep step, CancellationToken cancellation)
    {
        fixed (int* order = _order)
        {
            return _kernel.Step(order, start, count, step, cancellation);
        }
    }

    private void Restore(ReadOnlySpan<float> parameters)
    {
        parameters.CopyTo(_kernel.Parameters);
        _kernel.ParametersChanged();
    }

    private bool Fits(TrainingState state, int length)
    {
        // The sums of a row under way are over all of its images so far.
        int stepsOfRow = state.StepsDone == 0 ? 0 : ((state.StepsDone - 1) % StepsPerEpoch) + 1;
        return state.StepsDone >= 0
            && state.StepsDone <= TotalSteps
            && state.FiniteSteps <= state.StepsDone
            && state.BestSteps <= state.StepsDone
            && (state.Row.Images == 0 || state.Row.Images == Math.Min((long)stepsOfRow * BatchSize, _train.Count))
            && state.Optimizer.Length == UpdateStep.StateCount(_settings.Optimizer)
            && state.Optimizer.Append(state.Parameters).Append(state.Finite).Append(state.Best ?? state.Finite).All(values => values.Length == length);
    }

    private (double Loss, double Accuracy)? MeasureValidation(CancellationToken cancellation)
    {
        _kernel.Parameters.CopyTo(_validation!.Parameters);
        return Measure(_validation, cancellation);
    }

    private (double Loss, double Accuracy)? Measure(DigitSet set, CancellationToken cancellation)
    {
        using var kernel = new InferenceKernel(_network, set, _team);
        _kernel.Parameters.CopyTo(kernel.Parameters);
        return Measure(kernel, cancellation);
    }

    // Null when it was cancelled before the end.
    private static (double Loss, double Accuracy)? Measure(InferenceKernel kernel, CancellationToken cancellation)
    {
        try
        {
            return kernel.Measure(cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
