using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// For narrow first layers: the batch is cut into blocks of images, each with a gradient of its own; the gradients are
/// added block by block.
/// </summary>
internal sealed unsafe class BlockSharing : WorkSharing
{
    // Up to this many units in the first layer, and numbers in all, a gradient for each block of images is cheap to add
    // up.
    private const int WidestFirstLayer = 32, LongestGradient = 1 << 18;

    // Parameters that a worker updates at a time.
    private const int Chunk = 4096;

    private readonly TrainingMemory _memory;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer<float>[] _gradients;
    private readonly TileBlockPass[] _tilePasses;
    private readonly ColumnBlockPass?[] _columnPasses;
    private readonly double[] _losses;
    private readonly int[] _hits;
    private readonly (int Offset, int Length, bool IsWeight)[] _chunks;
    private readonly double[] _squares;
    private readonly Action<int, int> _runBlock;
    private readonly Action<int, int> _updateChunk;

    // The step that the workers are at.
    private Batch _batch;
    private UpdateStep _step;
    private CancellationToken _cancellation;
    private BlockPass[] _passes;
    private int _blockSize;
    private int _blocks;

    public BlockSharing(TrainingMemory memory, int largestBatch, WorkerTeam team)
    {
        _memory = memory;
        _team = team;
        int blocks = BatchBlocks.MostUpTo(largestBatch);
        _gradients = new AlignedBuffer<float>[blocks];
        for (int block = 0; block < blocks; block++)
        {
            _gradients[block] = new AlignedBuffer<float>(memory.Layout.Length);
        }

        _tilePasses = new TileBlockPass[team.Size];
        _columnPasses = new ColumnBlockPass?[team.Size];
        for (int worker = 0; worker < team.Size; worker++)
        {
            _tilePasses[worker] = new TileBlockPass(memory);
        }

        _passes = _tilePasses;
        _losses = new double[blocks];
        _hits = new int[blocks];
        _chunks = [.. Chunks(memory.Layout.Layers)];
        _squares = new double[_chunks.Length];
        _runBlock = RunBlock;
        _updateChunk = UpdateChunk;
    }

    /// <summary>Whether a network is best shared out so.</summary>
    public static bool Suits(NetworkLayout layout) =>
        layout.Layers[0].Stride <= WidestFirstLayer && layout.Length <= LongestGradient;

    public override StepOutcome Run(in Batch batch, in UpdateStep step, CancellationToken cancellation)
    {
        _batch = batch;
        _step = step;
        _cancellation = cancellation;
        _passes = PassesFor(batch, out _blockSize);
        _blocks = Parts(batch.Count, _blockSize);
        _team.Run(_blocks, _runBlock);
        if (cancellation.IsCancellationRequested)
        {
            foreach (AlignedBuffer<float> gradient in _gradients)
            {
                gradient.Span.Clear();
            }

            return StepOutcome.Cancelled;
        }

        double loss = 0, squares = 0;
        int correct = 0;
        for (int block = 0; block < _blocks; block++)
        {
            loss += _losses[block];
            correct += _hits[block];
        }

        _team.Run(_chunks.Length, _updateChunk);
        _memory.Transpose();
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            squares += _squares[chunk];
        }

        return new StepOutcome(loss, correct, squares, false);
    }

    public override void Dispose()
    {
        foreach (IDisposable? part in (IEnumerable<IDisposable?>)[.. _gradients, .. _tilePasses, .. _columnPasses])
        {
            part?.Dispose();
        }
    }

    private static IEnumerable<(int Offset, int Length, bool IsWeight)> Chunks(LayerLayout[] layers)
    {
        foreach (LayerLayout layer in layers)
        {
            for (int at = layer.Weights; at < layer.Biases; at += Chunk)
            {
                yield return (at, Math.Min(Chunk, layer.Biases - at), true);
            }

            yield return (layer.Biases, layer.Stride, false);
        }
    }

    private BlockPass[] PassesFor(in Batch batch, out int blockSize)
    {
        if (!ColumnBlockPass.Suits(_memory, batch))
        {
            blockSize = BatchBlocks.Size(batch.Count);
            return _tilePasses;
        }

        blockSize = BatchBlocks.SizeOfWhole(batch.Count, ColumnLists.BlockSize);
        for (int worker = 0; worker < _columnPasses.Length; worker++)
        {
            _columnPasses[worker] ??= new ColumnBlockPass(_memory);
        }

        return _columnPasses!;
    }

    private void RunBlock(int worker, int block)
    {
        int first = block * _blockSize, hits = 0;
        Batch images = _batch.Slice(first, Math.Min(_blockSize, _batch.Count - first));
        _losses[block] = _passes[worker].Run(images, _gradients[block].Pointer, ref hits, _cancellation);
        _hits[block] = hits;
    }

    // The sum of all blocks' gradients, block by block, for a range of parameters, and their update.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateChunk(int worker, int chunk)
    {
        (int offset, int length, bool isWeight) = _chunks[chunk];
        float* sum = _gradients[0].Pointer + offset;
        for (int block = 1; block < _blocks; block++)
        {
            AddAndClear(sum, _gradients[block].Pointer + offset, length);
        }

        _squares[chunk] = _memory.Update(_step, _gradients[0].Pointer, offset, length, isWeight);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAndClear(float* sum, float* addend, int length)
    {
        for (int i = 0; i < length; i += NetworkLayout.Lanes)
        {
            (Vector512.Load(sum + i) + Vector512.Load(addend + i)).Store(sum + i);
            Vector512<float>.Zero.Store(addend + i);
        }
    }
}
