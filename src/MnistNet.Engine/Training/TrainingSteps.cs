using MnistNet.Kernels;

namespace MnistNet;

/// <summary>
/// The steps of a training, one after another: everything that a step changes stands here. The order of an epoch's
/// images follows from the seed and the number of the epoch alone, so that any step can be taken again to the same
/// bits.
/// </summary>
internal sealed class TrainingSteps : IDisposable
{
    private readonly TrainingSettings _settings;
    private readonly TrainingKernel _kernel;
    private readonly int _images;
    private readonly int[] _order;
    private readonly Augmenter? _augmenter;
    private readonly int[] _offsets;
    private int _shuffledEpoch = -1;
    private int _augmentedEpoch = -1;

    /// <summary>Prepares the steps of a training.</summary>
    /// <param name="network">The network to begin with.</param>
    /// <param name="train">The digits to learn from.</param>
    /// <param name="settings">Settings in their ranges that fit the digits.</param>
    /// <param name="team">The workers; not disposed here.</param>
    /// <param name="cancellation">Ends the preparation with an <see cref="OperationCanceledException"/>.</param>
    internal TrainingSteps(
        Network network,
        DigitSet train,
        TrainingSettings settings,
        WorkerTeam team,
        CancellationToken cancellation)
    {
        _settings = settings;
        _images = train.Count;
        BatchSize = settings.BatchSize ?? _images;
        PerEpoch = (_images + BatchSize - 1) / BatchSize;
        _augmenter = settings.Augmentation == Augmentation.None
            ? null
            : new Augmenter(train, settings.Augmentation, settings.Strength, settings.Seed, settings.Threads);
        _offsets = settings.Augmentation == Augmentation.Shift ? new int[_images] : [];
        _kernel = new TrainingKernel(
            network,
            train,
            BatchSize,
            settings.Optimizer,
            settings.LabelSmoothing,
            team,
            _augmenter is not null,
            cancellation);
        _order = IsFullBatch ? [] : new int[_images];
    }

    /// <summary>The number of images of a step; the last one of an epoch may have fewer.</summary>
    internal int BatchSize { get; }

    /// <summary>The number of steps of a pass over the training set.</summary>
    internal int PerEpoch { get; }

    /// <summary>Whether every step looks at all images.</summary>
    internal bool IsFullBatch => BatchSize == _images;

    /// <summary>The number of steps done.</summary>
    internal int Done { get; private set; }

    /// <summary>The number of images that the next step looks at.</summary>
    internal int NextCount => Math.Min(BatchSize, _images - NextStart);

    /// <summary>The parameters, in the kernels' layout.</summary>
    internal ReadOnlySpan<float> Parameters => _kernel.Parameters;

    /// <summary>β₁ᵗ.</summary>
    internal double Beta1Power { get; private set; } = 1;

    /// <summary>β₂ᵗ.</summary>
    internal double Beta2Power { get; private set; } = 1;

    private int StateCount => UpdateStep.StateCount(_settings.Optimizer);

    private int NextStart => Done % PerEpoch * BatchSize;

    /// <summary>Takes a step: forward propagation, backpropagation and update.</summary>
    /// <param name="alpha">α of this step.</param>
    /// <param name="cancellation">Looked at between tiles of work.</param>
    /// <returns>What it saw. When its loss is not finite, or it was cancelled, the step does not count.</returns>
    internal StepOutcome Take(double alpha, CancellationToken cancellation)
    {
        int epoch = Done / PerEpoch, count = NextCount;
        if (!IsFullBatch && epoch != _shuffledEpoch)
        {
            ImageOrder.Shuffle(_order, _settings.Seed, epoch);
            _shuffledEpoch = epoch;
        }

        if (!TryAugment(epoch, cancellation))
        {
            return new StepOutcome(0, 0, 0, true);
        }

        double beta1Power = Beta1Power * _settings.Beta1, beta2Power = Beta2Power * _settings.Beta2;
        var update = new UpdateStep(_settings.Optimizer, _settings.Constants, alpha, count, beta1Power, beta2Power);
        StepOutcome outcome = _kernel.Step(_order, NextStart, count, update, cancellation);
        if (!outcome.IsCancelled && double.IsFinite(outcome.LossSum))
        {
            Done++;
            (Beta1Power, Beta2Power) = (beta1Power, beta2Power);
        }

        return outcome;
    }

    // Shows the kernel the images of an epoch. False when it was cancelled.
    private bool TryAugment(int epoch, CancellationToken cancellation)
    {
        if (_augmenter is null || epoch == _augmentedEpoch)
        {
            return true;
        }

        try
        {
            if (_settings.Augmentation == Augmentation.Shift)
            {
                _augmenter.DrawOffsets(epoch, _offsets);
                _kernel.TakeMoved(_offsets);
            }
            else
            {
                _kernel.Take(_augmenter.Draw(epoch, cancellation));
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        _augmentedEpoch = epoch;
        return true;
    }

    /// <summary>Goes on from other parameters.</summary>
    /// <param name="parameters">The parameters, in the kernels' layout.</param>
    /// <param name="done">The number of steps that led to them.</param>
    internal void Restore(ReadOnlySpan<float> parameters, int done)
    {
        parameters.CopyTo(_kernel.Parameters);
        _kernel.ParametersChanged();
        Done = done;
    }

    /// <summary>The optimiser's first and second state; empty where it has none.</summary>
    internal float[][] CaptureOptimizer() =>
        [.. Enumerable.Range(0, StateCount).Select(i => _kernel.State(i).ToArray())];

    /// <summary>Gives the optimiser back its memory.</summary>
    internal void RestoreOptimizer(float[][] states, double beta1Power, double beta2Power)
    {
        for (int i = 0; i < StateCount; i++)
        {
            states[i].CopyTo(_kernel.State(i));
        }

        (Beta1Power, Beta2Power) = (beta1Power, beta2Power);
    }

    /// <summary>Lets the optimiser forget, as before the first step.</summary>
    internal void ForgetOptimizer()
    {
        for (int i = 0; i < StateCount; i++)
        {
            _kernel.State(i).Clear();
        }

        (Beta1Power, Beta2Power) = (1, 1);
    }

    /// <summary>The parameters as W1, b1, W2, b2 ….</summary>
    internal Matrix[] ToMatrices() => _kernel.ToMatrices();

    public void Dispose() => _kernel.Dispose();
}
