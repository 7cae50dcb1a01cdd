using System.Runtime.CompilerServices;

namespace MnistNet.Kernels;

/// <summary>
/// What a step works on, however its work is shared out: the images, the parameters and their second copies, the
/// optimiser's state; and the parts of a step that do not care who does them.
/// </summary>
internal sealed unsafe class TrainingMemory : IDisposable
{
    private readonly AlignedBuffer<float> _parameters;
    private readonly AlignedBuffer<float> _transposed;
    private readonly AlignedBuffer<float> _zeros = new(2 * NetworkLayout.Lanes);
    private readonly AlignedBuffer<float>[] _states;
    private readonly SparseImages _original;

    /// <summary>Makes room.</summary>
    /// <param name="network">The network to begin with.</param>
    /// <param name="data">Labelled digits that fit it.</param>
    /// <param name="optimizer">Decides which state is kept.</param>
    /// <param name="smoothing">ε of label smoothing.</param>
    /// <param name="imagesChange">Whether the images will be others later on.</param>
    public TrainingMemory(Network network, DigitSet data, Optimizer optimizer, double smoothing, bool imagesChange)
    {
        Layout = new NetworkLayout(network);
        _original = SparseImages.Of(data);
        Images = imagesChange ? SparseImages.CopyOf(data) : _original;
        Smoothing = (float)smoothing;
        _parameters = new AlignedBuffer<float>(Layout.Length);
        _transposed = new AlignedBuffer<float>(Layout.TransposedLength);
        _states = new AlignedBuffer<float>[UpdateStep.StateCount(optimizer)];
        for (int s = 0; s < _states.Length; s++)
        {
            _states[s] = new AlignedBuffer<float>(Layout.Length);
        }
    }

    /// <summary>Where everything lies.</summary>
    public NetworkLayout Layout { get; }

    /// <summary>The images.</summary>
    public SparseImages Images { get; }

    /// <summary>Takes the first images again, each moved.</summary>
    /// <param name="offsets">For each image, the number to add to its pixels' numbers.</param>
    public void TakeMoved(int[] offsets) => Images.TakeMoved(_original, offsets);

    /// <summary>ε of label smoothing.</summary>
    public float Smoothing { get; }

    /// <summary>All parameters.</summary>
    public float* Parameters => _parameters.Pointer;

    /// <summary>All parameters.</summary>
    public Span<float> ParameterSpan => _parameters.Span;

    /// <summary>The optimiser's first or second state; empty when it has none.</summary>
    public Span<float> State(int number) => number < _states.Length ? _states[number].Span : [];

    /// <summary>Copies W2, W3 … into their second copies, after they have changed.</summary>
    public void Transpose()
    {
        for (int l = 1; l < Layout.Layers.Length; l++)
        {
            TransposeRows(l, 0, Layout.Layers[l].Inputs);
        }
    }

    /// <summary>The same for some rows.</summary>
    public void TransposeRows(int layer, int first, int count) =>
        LayerPass.Transpose(Layout.Layers[layer], Parameters, _transposed.Pointer, first, count);

    /// <summary>All layers above the first and back down to dZ1, for images whose Z1 stands in the workspace.</summary>
    /// <param name="work">The workspace.</param>
    /// <param name="first">The first image in the workspace.</param>
    /// <param name="images">Which images of the set these are.</param>
    /// <param name="correct">Is increased by the number of images recognised.</param>
    /// <returns>The sum of their losses.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Pass(Workspace work, int first, in Batch images, ref int correct)
    {
        int last = Layout.Layers.Length - 1;
        LayerPass.Forward(Layout, Parameters, work, first, images.Count);
        double loss = OutputLayer.BackwardRows(
            work.Activations(last, first), images, Images.Labels, Smoothing, ref correct);
        LayerPass.Backward(Layout, _transposed.Pointer, _zeros.Pointer, work, first, images.Count);
        return loss;
    }

    /// <summary>Updates a range of parameters and leaves its gradient zero.</summary>
    /// <returns>The sum of the squares of the mean gradient.</returns>
    public double Update(in UpdateStep step, float* gradient, int offset, int length, bool isWeight) =>
        UpdateKernel.Apply(
        step,
        Parameters + offset,
        gradient + offset,
        _states.Length > 0 ? _states[0].Pointer + offset : null,
        _states.Length > 1 ? _states[1].Pointer + offset : null,
        length,
        isWeight);

    public void Dispose()
    {
        if (Images != _original)
        {
            Images.Dispose();
        }

        _parameters.Dispose();
        _transposed.Dispose();
        _zeros.Dispose();
        foreach (AlignedBuffer<float> state in _states)
        {
            state.Dispose();
        }
    }
}
