using MathNet.Numerics.LinearAlgebra.Double;
using static System.FormattableString;

namespace MnistNet.Kernels;

/// <summary>
/// Where the parameters of a network lie in one flat array of float32 numbers, arranged for vectors of 16.
/// The units of a layer are padded to whole panels of 16 or 32; within a panel, the weights of one input lie side by
/// side, so that Z += x·W is one multiply-add a vector. Gradients and optimiser state have the same layout.
/// </summary>
internal sealed class NetworkLayout
{
    /// <summary>The number of float32 lanes all kernels compute with, on every machine.</summary>
    public const int Lanes = 16;

    /// <summary>
    /// The bias of the units that only pad the last layer: so low that no softmax gives them anything.
    /// </summary>
    public const float PaddingLogit = -1e30f;

    /// <summary>Lays a network out.</summary>
    /// <exception cref="ShapeException">It has more weights than an index can count.</exception>
    public NetworkLayout(Network network)
    {
        Activation = network.Activation;
        Layers = new LayerLayout[network.Layers.Count];
        int offset = 0, transposed = 0;
        try
        {
            for (int l = 0; l < Layers.Length; l++)
            {
                Layer layer = network.Layers[l];
                int inputStride = l == 0 ? layer.Inputs : Layers[l - 1].Stride;
                Layers[l] = new LayerLayout(layer.Inputs, layer.Outputs, inputStride, offset, transposed);
                offset = Layers[l].End;
                transposed = checked(transposed + (l == 0 ? 0 : layer.Outputs * inputStride));
            }
        }
        catch (OverflowException)
        {
            throw new ShapeException(
                $"The network {network.Shape} has more weights than can be computed with, {int.MaxValue:N0}. Take "
                    + $"narrower layers.",
                "NetworkTooLarge");
        }

        Length = offset;
        TransposedLength = transposed;
    }

    public Activation Activation { get; }

    public LayerLayout[] Layers { get; }

    /// <summary>The number of floats of all parameters, padding included.</summary>
    public int Length { get; }

    /// <summary>The number of floats of the second copies of W2, W3 …, laid out for backpropagation.</summary>
    public int TransposedLength { get; }

    /// <summary>
    /// Copies a network's parameters in, padding with zeros, the last layer's biases with <see cref="PaddingLogit"/>.
    /// </summary>
    /// <param name="network">A network of this shape.</param>
    /// <param name="parameters">Where they go.</param>
    /// <param name="cancellation">Looked at between panels: the widest networks have hundreds of millions of
    /// weights.</param>
    /// <exception cref="ShapeException">A float64 parameter is too large for float32.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Load(Network network, Span<float> parameters, CancellationToken cancellation = default)
    {
        parameters[..Length].Clear();
        parameters[(Layers[^1].Biases + Layers[^1].Outputs)..Layers[^1].End].Fill(PaddingLogit);
        for (int l = 0; l < Layers.Length; l++)
        {
            LayerLayout layout = Layers[l];
            Matrix w = network.Layers[l].Weights, b = network.Layers[l].Biases;
            ReadOnlySpan<double> weights = w.Numbers, biases = b.Numbers;
            foreach ((int at, int column, int count) in layout.Rows())
            {
                bool isFirstOfPanel = column < layout.Outputs;
                if (isFirstOfPanel)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                for (int i = 0; i < count; i++)
                {
                    parameters[at + i] = (float)weights[column + i];
                }
            }

            for (int o = 0; o < layout.Outputs; o++)
            {
                parameters[layout.Biases + o] = (float)biases[o];
            }

            if (parameters[layout.Weights..layout.End].ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new ShapeException(
                    Invariant($"{w} or {b} holds a number beyond ±{float.MaxValue:G3}, ")
                        + "more than the float32 numbers that training and predicting "
                    + "compute with can hold. Such a network has exploded; train afresh with a smaller `Alpha`.",
                    "ParameterTooLarge");
            }
        }
    }

    /// <summary>The parameters, or a gradient of this layout, as W1, b1, W2, b2 ….</summary>
    public Matrix[] ToMatrices(ReadOnlySpan<float> parameters, string prefix = "")
    {
        var matrices = new Matrix[2 * Layers.Length];
        for (int l = 0; l < Layers.Length; l++)
        {
            LayerLayout layout = Layers[l];
            var w = new DenseMatrix(layout.Outputs, layout.Inputs);
            var b = new DenseMatrix(layout.Outputs, 1);
            Span<double> weights = w.Values, biases = b.Values;
            foreach ((int at, int column, int count) in layout.Rows())
            {
                for (int i = 0; i < count; i++)
                {
                    weights[column + i] = parameters[at + i];
                }
            }

            for (int o = 0; o < layout.Outputs; o++)
            {
                biases[o] = parameters[layout.Biases + o];
            }

            matrices[2 * l] = new Matrix(w, $"{prefix}W{l + 1}");
            matrices[(2 * l) + 1] = new Matrix(b, $"{prefix}b{l + 1}");
        }

        return matrices;
    }
}

/// <summary>Where one layer's parameters lie.</summary>
internal sealed class LayerLayout
{
    public LayerLayout(int inputs, int outputs, int inputStride, int offset, int transposed)
    {
        Inputs = inputs;
        Outputs = outputs;
        InputStride = inputStride;
        PanelWidth = outputs <= NetworkLayout.Lanes ? NetworkLayout.Lanes : 2 * NetworkLayout.Lanes;
        Panels = (outputs + PanelWidth - 1) / PanelWidth;
        Stride = Panels * PanelWidth;
        Weights = offset;
        Biases = checked(offset + (inputs * Stride));
        End = checked(Biases + Stride);
        Transposed = transposed;
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The number of floats between the values of two images in the layer below.</summary>
    public int InputStride { get; }

    /// <summary>16 or 32 units, computed together.</summary>
    public int PanelWidth { get; }

    /// <summary>The number of vectors a panel is wide.</summary>
    public int PanelVectors => PanelWidth / NetworkLayout.Lanes;

    public int Panels { get; }

    /// <summary>The outputs with padding: the number of floats between the values of two images.</summary>
    public int Stride { get; }

    /// <summary>Where W begins: panel after panel, input after input.</summary>
    public int Weights { get; }

    /// <summary>Where b begins.</summary>
    public int Biases { get; }

    /// <summary>Where the next layer begins.</summary>
    public int End { get; }

    /// <summary>Where the second copy of W begins: outputs × <see cref="InputStride"/>, for backpropagation.</summary>
    public int Transposed { get; }

    /// <summary>Where the weights of a panel begin.</summary>
    public int Panel(int panel) => Weights + (panel * Inputs * PanelWidth);

    /// <summary>
    /// The weights from one input to the units of one panel, which lie side by side here and in a column of W as well:
    /// where they begin here, where in the numbers of W, column after column, and how many there are. In this order,
    /// both are read and written from front to back; a large network is copied many times as fast as unit by unit.
    /// </summary>
    public IEnumerable<(int At, int Column, int Count)> Rows()
    {
        for (int panel = 0; panel < Panels; panel++)
        {
            int units = panel * PanelWidth;
            for (int k = 0; k < Inputs; k++)
            {
                int count = Math.Min(PanelWidth, Outputs - units);
                yield return (Panel(panel) + (k * PanelWidth), (k * Outputs) + units, count);
            }
        }
    }

    /// <summary>Where the weight from input k to unit o lies.</summary>
    public int WeightAt(int k, int o) => Panel(o / PanelWidth) + (k * PanelWidth) + (o % PanelWidth);
}
