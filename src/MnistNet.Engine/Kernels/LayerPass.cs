using System.Runtime.CompilerServices;

namespace MnistNet.Kernels;

/// <summary>
/// What lies between the first layer's loops and the update: the dense layers, forward and back, for a few images at
/// once. Compiled in full at once, like all of this room that runs in a loop: a whole training can be over before the
/// runtime would get round to it.
/// </summary>
internal static unsafe class LayerPass
{
    /// <summary>A1 = f(Z1), then Zl = Wl·Al−1 + bl and Al = f(Zl) up to the last layer's Z.</summary>
    /// <param name="layout">Where the parameters lie.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="work">Z1 stands in its first layer.</param>
    /// <param name="first">The first image in the workspace.</param>
    /// <param name="count">The number of images.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(NetworkLayout layout, float* parameters, Workspace work, int first, int count)
    {
        for (int l = 0; l < layout.Layers.Length; l++)
        {
            LayerLayout layer = layout.Layers[l];
            float* z = work.Activations(l, first);
            for (int panel = 0; l > 0 && panel < layer.Panels; panel++)
            {
                int at = panel * layer.PanelWidth;
                DenseProduct.Multiply(
                    a: new Factors(work.Activations(l - 1, first), layer.InputStride, 1),
                    b: new VectorRows(parameters + layer.Panel(panel), layer.PanelWidth),
                    start: new VectorRows(parameters + layer.Biases + at, 0),
                    c: new VectorRows(z + at, layer.Stride),
                    rows: count,
                    steps: layer.Inputs,
                    layer.PanelVectors);
            }

            if (l < layout.Layers.Length - 1)
            {
                ActivationKernel.Apply(layout.Activation, z, (long)count * layer.Stride);
            }
        }
    }

    /// <summary>From dZ of the last layer down to dZ1: dZl−1 = (Wlᵀ·dZl) ∘ f′(Zl−1).</summary>
    /// <param name="layout">Where the parameters lie.</param>
    /// <param name="transposed">The second copies of W2, W3 ….</param>
    /// <param name="zeros">At least two vectors of zeros.</param>
    /// <param name="work">The values of the forward pass, and dZ of the last layer.</param>
    /// <param name="first">The first image in the workspace.</param>
    /// <param name="count">The number of images.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        NetworkLayout layout, float* transposed, float* zeros, Workspace work, int first, int count)
    {
        for (int l = layout.Layers.Length - 1; l > 0; l--)
        {
            LayerLayout layer = layout.Layers[l], below = layout.Layers[l - 1];
            float* dz = work.Deltas(l, first), da = work.Deltas(l - 1, first);
            for (int at = 0; at < below.Stride; at += below.PanelWidth)
            {
                DenseProduct.Multiply(
                    a: new Factors(dz, layer.Stride, 1),
                    b: new VectorRows(transposed + layer.Transposed + at, layer.InputStride),
                    start: new VectorRows(zeros, 0),
                    c: new VectorRows(da + at, below.Stride),
                    rows: count,
                    steps: layer.Outputs,
                    below.PanelVectors);
            }

            ActivationKernel.MultiplyByDerivative(
                layout.Activation, work.Activations(l - 1, first), da, (long)count * below.Stride);
        }
    }

    /// <summary>
    /// dWl += dZl·Al−1ᵀ for some of the layer's inputs: rows of the transposed dW. The factor 1/m is the update's.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateWeights(
        NetworkLayout layout, int l, float* gradient, Workspace work, int images, int firstInput, int inputs)
    {
        LayerLayout layer = layout.Layers[l];
        for (int panel = 0; panel < layer.Panels; panel++)
        {
            var dw = new VectorRows(gradient + layer.Panel(panel) + (firstInput * layer.PanelWidth), layer.PanelWidth);
            DenseProduct.Multiply(
                a: new Factors(work.Activations(l - 1) + firstInput, 1, layer.InputStride),
                b: new VectorRows(work.Deltas(l) + (panel * layer.PanelWidth), layer.Stride),
                start: dw,
                c: dw,
                rows: inputs,
                steps: images,
                layer.PanelVectors);
        }
    }

    /// <summary>dbl += row sums of dZl, for units that begin at a whole vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateBiases(
        NetworkLayout layout, int l, float* gradient, Workspace work, int images, int firstUnit, int units)
    {
        LayerLayout layer = layout.Layers[l];
        float one = 1;
        float* db = gradient + layer.Biases + firstUnit;
        for (int at = 0; at < units; at += NetworkLayout.Lanes)
        {
            var sum = new VectorRows(db + at, 0);
            DenseProduct.Multiply(
                a: new Factors(&one, 0, 0),
                b: new VectorRows(work.Deltas(l) + firstUnit + at, layer.Stride),
                start: sum,
                c: sum,
                rows: 1,
                steps: images,
                vectors: 1);
        }
    }

    /// <summary>Copies some rows of Wl into its second copy, after an update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(LayerLayout layer, float* parameters, float* transposed, int firstInput, int inputs)
    {
        for (int k = firstInput; k < firstInput + inputs; k++)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                transposed[layer.Transposed + ((long)o * layer.InputStride) + k] = parameters[layer.WeightAt(k, o)];
            }
        }
    }
}
