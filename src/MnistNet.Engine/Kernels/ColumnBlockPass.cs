using System.Runtime.CompilerServices;

namespace MnistNet.Kernels;

/// <summary>
/// A block of the whole set in its own order, for networks whose layers are one vector wide: the classic training. The
/// images go forward and back 16 at a time through <see cref="NarrowPass"/>; dW1 is summed up pixel by pixel, over a
/// column block of images.
/// </summary>
internal sealed unsafe class ColumnBlockPass(TrainingMemory memory) : BlockPass
{
    private const int Lanes = NetworkLayout.Lanes;

    private readonly Tile _tile = new(memory.Images, memory.Layout.Layers[0]);
    private readonly NarrowPass _upper = new(memory);
    private readonly AlignedBuffer<float> _z = new(Tile.Capacity * Lanes);
    private readonly AlignedBuffer<float> _dz = new(ColumnLists.BlockSize * Lanes);

    /// <summary>Whether a step is one for this class.</summary>
    public static bool Suits(TrainingMemory memory, in Batch batch) =>
        batch.IsInSetOrder
        && batch.Start == 0
        && batch.Count == memory.Images.Count
        && Array.TrueForAll(memory.Layout.Layers, layer => layer.Stride == Lanes)
        && !FirstLayer.WantsDense(memory.Layout.Layers[0], memory.Images.Density);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Run(in Batch block, float* gradient, ref int correct, CancellationToken cancellation)
    {
        LayerLayout layer = memory.Layout.Layers[0];
        ColumnLists columns = memory.Images.Columns;
        double loss = 0;
        for (int start = 0; start < block.Count; start += ColumnLists.BlockSize)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            int end = Math.Min(block.Count, start + ColumnLists.BlockSize);
            for (int first = start; first < end; first += Tile.Capacity)
            {
                Batch images = block.Slice(first, Math.Min(Tile.Capacity, end - first));
                _tile.Load(images);
                FirstLayer.Forward(_tile, layer, 0, memory.Parameters, _z.Pointer);
                loss += _upper.Run(_z.Pointer, images, _dz.Pointer + ((first - start) * Lanes), ref correct);
            }

            int columnBlock = (block.Start + start) / ColumnLists.BlockSize;
            FirstLayer.AccumulateColumns(columns, columnBlock, layer, _dz.Pointer, gradient);
        }

        _upper.AddTo(gradient);
        return loss;
    }

    public override void Dispose()
    {
        _tile.Dispose();
        _upper.Dispose();
        _z.Dispose();
        _dz.Dispose();
    }
}
