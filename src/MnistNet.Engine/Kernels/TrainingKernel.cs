namespace MnistNet.Kernels;

/// <summary>
/// Forward propagation, backpropagation and update in float32, fused: what <c>Maths</c> says in formulas, section by
/// section. This is the face of the room: it holds the parameters and the optimiser's state, and takes steps.
/// <para>It needs images and labels, an order in which to take them, and the numbers of each update; nothing of a
/// training's settings.</para>
/// </summary>
internal sealed unsafe class TrainingKernel : IDisposable
{
    private readonly TrainingMemory _memory;
    private readonly WorkSharing _sharing;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network to begin with.</param>
    /// <param name="data">Labelled digits that fit it.</param>
    /// <param name="largestBatch">The largest number of images of a step.</param>
    /// <param name="optimizer">Decides which state is kept.</param>
    /// <param name="smoothing">ε of label smoothing.</param>
    /// <param name="team">The workers; not disposed here.</param>
    /// <param name="imagesChange">Whether <see cref="Take"/> or <see cref="TakeMoved"/> will be called.</param>
    /// <param name="cancellation">Ends the preparation with an <see cref="OperationCanceledException"/>.</param>
    public TrainingKernel(
        Network network,
        DigitSet data,
        int largestBatch,
        Optimizer optimizer,
        double smoothing,
        WorkerTeam team,
        bool imagesChange = false,
        CancellationToken cancellation = default)
    {
        _memory = new TrainingMemory(network, data, optimizer, smoothing, imagesChange);
        _sharing = BlockSharing.Suits(_memory.Layout)
            ? new BlockSharing(_memory, largestBatch, team)
            : new PanelSharing(_memory, team);
        try
        {
            Load(network, cancellation);
        }
        catch
        {
            // No caller can free this memory yet.
            Dispose();
            throw;
        }
    }

    /// <summary>The parameters in their layout, to save and to restore.</summary>
    public Span<float> Parameters => _memory.ParameterSpan;

    /// <summary>The optimiser's first or second state in the same layout; empty when it has none.</summary>
    public Span<float> State(int number) => _memory.State(number);

    /// <summary>Takes over a network's parameters.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    private void Load(Network network, CancellationToken cancellation)
    {
        _memory.Layout.Load(network, Parameters, cancellation);
        cancellation.ThrowIfCancellationRequested();
        ParametersChanged();
    }

    /// <summary>Says that <see cref="Parameters"/> were written to.</summary>
    public void ParametersChanged() => _memory.Transpose();

    /// <summary>Takes other images of the same number, size and labels.</summary>
    public void Take(DigitSet data) => _memory.Images.Take(data);

    /// <summary>Takes the first images again, each moved.</summary>
    /// <param name="offsets">For each image, the number to add to its pixels' numbers.</param>
    public void TakeMoved(int[] offsets) => _memory.TakeMoved(offsets);

    /// <summary>The parameters as W1, b1, W2, b2 ….</summary>
    public Matrix[] ToMatrices() => _memory.Layout.ToMatrices(Parameters);

    /// <summary>One step: forward propagation, backpropagation and update on some images.</summary>
    /// <param name="order">The order of the images; empty for the set's own.</param>
    /// <param name="start">The position of the first image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="step">The update.</param>
    /// <param name="cancellation">Looked at between tiles of work.</param>
    public StepOutcome Step(
        ReadOnlySpan<int> order, int start, int count, in UpdateStep step, CancellationToken cancellation)
    {
        fixed (int* first = order)
        {
            return _sharing.Run(new Batch(first, start, count), step, cancellation);
        }
    }

    public void Dispose()
    {
        _sharing.Dispose();
        _memory.Dispose();
    }
}
