using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// All layers above the first and back down, for networks whose layers are one vector wide: 16 images at a time, an
/// image a lane. So each unit is a vector over images; softmax needs no sums across lanes, and no lane is spent on
/// units that only pad a layer.
/// <para>The sums of dW and db run over the images of each lane; <see cref="AddTo"/> adds the lanes up.</para>
/// </summary>
internal sealed unsafe class NarrowPass : IDisposable
{
    private const int Lanes = NetworkLayout.Lanes;

    private readonly TrainingMemory _memory;
    private readonly AlignedBuffer<float> _activations;
    private readonly AlignedBuffer<float> _deltas;
    private readonly AlignedBuffer<float> _weightSums;
    private readonly AlignedBuffer<float> _biasSums;
    private readonly AlignedBuffer<float> _zero = new(Lanes);

    public NarrowPass(TrainingMemory memory)
    {
        _memory = memory;
        int layers = memory.Layout.Layers.Length;
        _activations = new AlignedBuffer<float>(layers * Lanes * Lanes);
        _deltas = new AlignedBuffer<float>(layers * Lanes * Lanes);
        _weightSums = new AlignedBuffer<float>(layers * Lanes * Lanes * Lanes);
        _biasSums = new AlignedBuffer<float>(layers * Lanes * Lanes);
    }

    /// <summary>Goes from Z1 to dZ1.</summary>
    /// <param name="z1">Z1, one vector an image.</param>
    /// <param name="images">Which images these are.</param>
    /// <param name="dz1">Takes dZ1, one vector an image.</param>
    /// <param name="correct">Is increased by the number of images recognised.</param>
    /// <returns>The sum of the losses.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Run(float* z1, in Batch images, float* dz1, ref int correct)
    {
        double loss = 0;
        int units = _memory.Layout.Layers[0].Outputs;
        for (int first = 0; first < images.Count; first += Lanes)
        {
            Batch group = images.Slice(first, Math.Min(Lanes, images.Count - first));
            LaneTranspose.ToColumns(z1 + (first * Lanes), group.Count, Activations(0), units);
            Forward();
            loss += OutputLayer.Backward(Deltas(Last), group, _memory.Images.Labels, _memory.Smoothing, ref correct);
            Backward();
            LaneTranspose.ToRows(Deltas(0), units, dz1 + (first * Lanes), group.Count);
        }

        return loss;
    }

    /// <summary>Adds the sums of dW2, dW3 … and of all db to a gradient, and begins anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(float* gradient)
    {
        for (int l = 0; l <= Last; l++)
        {
            LayerLayout layer = _memory.Layout.Layers[l];
            for (int k = 0; l > 0 && k < layer.Inputs; k++)
            {
                AddLanes(WeightSums(l, k), gradient + layer.Weights + (k * Lanes), layer.Outputs);
            }

            AddLanes(BiasSums(l), gradient + layer.Biases, layer.Outputs);
        }
    }

    public void Dispose()
    {
        _activations.Dispose();
        _deltas.Dispose();
        _weightSums.Dispose();
        _biasSums.Dispose();
        _zero.Dispose();
    }

    private int Last => _memory.Layout.Layers.Length - 1;

    // A and dZ of a layer: a vector of 16 images for each unit. In the last layer dZ takes the place of Z.
    private float* Activations(int layer) => _activations.Pointer + (layer * Lanes * Lanes);

    private float* Deltas(int layer) => layer == Last ? Activations(layer) : _deltas.Pointer + (layer * Lanes * Lanes);

    private float* WeightSums(int layer, int input) =>
        _weightSums.Pointer + (((layer * Lanes) + input) * Lanes * Lanes);

    private float* BiasSums(int layer) => _biasSums.Pointer + (layer * Lanes * Lanes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward()
    {
        for (int l = 0; l <= Last; l++)
        {
            LayerLayout layer = _memory.Layout.Layers[l];
            if (l > 0)
            {
                for (int o = 0; o < layer.Outputs; o++)
                {
                    Vector512.Create(_memory.Parameters[layer.Biases + o]).Store(Activations(l) + (o * Lanes));
                }

                var z = new VectorRows(Activations(l), Lanes);
                DenseProduct.Multiply(
                    a: new Factors(_memory.Parameters + layer.Weights, 1, Lanes),
                    b: new VectorRows(Activations(l - 1), Lanes),
                    start: z,
                    c: z,
                    rows: layer.Outputs,
                    steps: layer.Inputs,
                    vectors: 1);
            }

            if (l < Last)
            {
                ActivationKernel.Apply(_memory.Layout.Activation, Activations(l), layer.Outputs * Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward()
    {
        for (int l = Last; l >= 0; l--)
        {
            LayerLayout layer = _memory.Layout.Layers[l];
            Add(Deltas(l), BiasSums(l), layer.Outputs);
            if (l == 0)
            {
                return;
            }

            for (int k = 0; k < layer.Inputs; k++)
            {
                AddProducts(
                    Vector512.Load(Activations(l - 1) + (k * Lanes)), Deltas(l), WeightSums(l, k), layer.Outputs);
            }

            DenseProduct.Multiply(
                a: new Factors(_memory.Parameters + layer.Weights, Lanes, 1),
                b: new VectorRows(Deltas(l), Lanes),
                start: new VectorRows(_zero.Pointer, 0),
                c: new VectorRows(Deltas(l - 1), Lanes),
                rows: layer.Inputs,
                steps: layer.Outputs,
                vectors: 1);
            ActivationKernel.MultiplyByDerivative(
                _memory.Layout.Activation, Activations(l - 1), Deltas(l - 1), layer.Inputs * Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts(Vector512<float> factor, float* values, float* sums, int count)
    {
        for (int i = 0; i < count * Lanes; i += Lanes)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.Load(values + i), Vector512.Load(sums + i)).Store(sums + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* values, float* sums, int count)
    {
        for (int i = 0; i < count * Lanes; i += Lanes)
        {
            (Vector512.Load(sums + i) + Vector512.Load(values + i)).Store(sums + i);
        }
    }

    private static void AddLanes(float* sums, float* target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] += VectorMath.Sum(Vector512.Load(sums + (i * Lanes)));
            Vector512<float>.Zero.Store(sums + (i * Lanes));
        }
    }
}
