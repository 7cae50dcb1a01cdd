using System.Runtime.CompilerServices;

namespace MnistNet.Kernels;

/// <summary>A block of any images, tile by tile.</summary>
internal sealed unsafe class TileBlockPass(TrainingMemory memory) : BlockPass
{
    private readonly Tile _tile = new(memory.Images, memory.Layout.Layers[0]);
    private readonly Workspace _work = new(memory.Layout, Tile.Capacity, withDeltas: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Run(in Batch block, float* gradient, ref int correct, CancellationToken cancellation)
    {
        LayerLayout[] layers = memory.Layout.Layers;
        double loss = 0;
        for (int first = 0; first < block.Count && !cancellation.IsCancellationRequested; first += Tile.Capacity)
        {
            Batch images = block.Slice(first, Math.Min(Tile.Capacity, block.Count - first));
            _tile.Load(images);
            for (int panel = 0; panel < layers[0].Panels; panel++)
            {
                FirstLayer.Forward(_tile, layers[0], panel, memory.Parameters, _work.Activations(0));
            }

            loss += memory.Pass(_work, 0, images, ref correct);
            for (int panel = 0; panel < layers[0].Panels; panel++)
            {
                FirstLayer.Accumulate(_tile, layers[0], panel, _work.Deltas(0), gradient);
            }

            for (int l = 0; l < layers.Length; l++)
            {
                LayerPass.AccumulateBiases(memory.Layout, l, gradient, _work, images.Count, 0, layers[l].Stride);
                if (l > 0)
                {
                    LayerPass.AccumulateWeights(memory.Layout, l, gradient, _work, images.Count, 0, layers[l].Inputs);
                }
            }
        }

        return loss;
    }

    public override void Dispose()
    {
        _tile.Dispose();
        _work.Dispose();
    }
}
