using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>What a step saw on its way: the losses and hits of its images, before its update.</summary>
/// <param name="LossSum">The sum of the losses of the images; not finite when the network has burst.</param>
/// <param name="Correct">The number of images recognised.</param>
/// <param name="GradientSquares">The squared length of the mean gradient.</param>
/// <param name="IsCancelled">Whether the step was given up; then the parameters are as they were before it.</param>
internal readonly record struct StepOutcome(double LossSum, int Correct, double GradientSquares, bool IsCancelled);

/// <summary>
/// Forward propagation, backpropagation and update in float32, fused: section by section what <c>Maths</c> says in formulas.
/// <para>The work is shared out in one of two ways, chosen by the network and never by the number of threads, so that every sum has one
/// order and the result the same bits for any number of threads:</para>
/// <para>narrow first layers: the batch is cut into blocks of images, each with a gradient of its own; the gradients are added block by block;</para>
/// <para>wide first layers: each worker owns panels of units and sums their gradients over all images itself.</para>
/// </summary>
internal sealed unsafe class TrainingKernel : IDisposable
{
    // Up to this many panels' worth of a first layer, a gradient for each block of images is cheap to add up.
    private const int NarrowWidth = 32;
    private const int LongestBlockGradient = 1 << 18;

    // Images between two meetings of all workers when units are shared out; their values stay in the second-level cache.
    private const int SubBatch = 256;
    private const int Group = 16;
    private const int RowChunk = 32;
    private const int UpdateChunk = 4096;

    private readonly NetworkLayout _layout;
    private readonly WorkerTeam _team;
    private readonly SparseImages _images;
    private readonly float _smoothing;
    private readonly bool _byBlocks;
    private readonly int _shares;
    private readonly AlignedBuffer<float> _parameters;
    private readonly AlignedBuffer<float> _transposed;
    private readonly AlignedBuffer<float> _zeros = new(2 * NetworkLayout.Lanes);
    private readonly AlignedBuffer<float>?[] _states = new AlignedBuffer<float>?[2];
    private readonly AlignedBuffer<float>[] _gradients;
    private readonly Tile[] _tiles;
    private readonly Workspace[] _workspaces;
    private readonly double[] _losses;
    private readonly int[] _hits;
    private readonly double[] _squares;
    private readonly (int Layer, int First, int Count)[] _rowTasks;
    private readonly (int Offset, int Length, bool IsWeight)[] _chunks;
    private readonly Action<int, int> _runBlock;
    private readonly Action<int, int> _updateChunk;
    private readonly Action<int, int> _forwardPanels;
    private readonly Action<int, int> _passGroup;
    private readonly Action<int, int> _accumulatePanels;

    // The step that the workers are at.
    private int* _order;
    private int _start;
    private int _count;
    private int _blockSize;
    private int _blocks;
    private bool _isLast;
    private bool _update;
    private UpdateStep _step;
    private CancellationToken _cancellation;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network to begin with.</param>
    /// <param name="data">Labelled digits that fit it.</param>
    /// <param name="largestBatch">The largest number of images of a step.</param>
    /// <param name="optimizer">Decides which state is kept.</param>
    /// <param name="smoothing">ε of label smoothing.</param>
    /// <param name="team">The workers; not disposed here.</param>
    public TrainingKernel(Network network, DigitSet data, int largestBatch, Optimizer optimizer, double smoothing, WorkerTeam team)
    {
        _layout = new NetworkLayout(network);
        _team = team;
        _images = SparseImages.Of(data);
        _smoothing = (float)smoothing;
        _parameters = new AlignedBuffer<float>(_layout.Length);
        _transposed = new AlignedBuffer<float>(_layout.TransposedLength);
        for (int s = 0; s < UpdateStep.StateCount(optimizer); s++)
        {
            _states[s] = new AlignedBuffer<float>(_layout.Length);
        }

        LayerLayout[] layers = _layout.Layers;
        _byBlocks = layers[0].Stride <= NarrowWidth && _layout.Length <= LongestBlockGradient;
        _rowTasks = [.. RowTasks(layers)];
        _shares = Math.Min(Math.Max(layers[0].Panels, _rowTasks.Length), team.Size);
        int blocks = _byBlocks ? BatchBlocks.MostUpTo(largestBatch) : 1;
        _gradients = Make(blocks, () => new AlignedBuffer<float>(_layout.Length));
        _tiles = Make(team.Size, () => new Tile(_images, layers[0]));
        _workspaces = _byBlocks
            ? Make(team.Size, () => new Workspace(_layout, Tile.Capacity, withDeltas: true))
            : [new Workspace(_layout, SubBatch, withDeltas: true)];
        _losses = new double[Math.Max(blocks, SubBatch / Group)];
        _hits = new int[_losses.Length];
        _chunks = [.. Chunks(layers)];
        _squares = new double[Math.Max(_chunks.Length, layers[0].Panels + _rowTasks.Length)];
        _runBlock = RunBlock;
        _updateChunk = UpdateBlocksChunk;
        _forwardPanels = ForwardPanels;
        _passGroup = PassGroup;
        _accumulatePanels = AccumulatePanels;
        Load(network);
    }

    /// <summary>The parameters in their layout, to save and to restore.</summary>
    public Span<float> Parameters => _parameters.Span;

    /// <summary>The optimiser's first or second state in the same layout; empty when it has none.</summary>
    public Span<float> State(int number) => _states[number] is AlignedBuffer<float> state ? state.Span : [];

    /// <summary>Takes over a network's parameters.</summary>
    public void Load(Network network)
    {
        _layout.Load(network, _parameters.Span);
        ParametersChanged();
    }

    /// <summary>Says that <see cref="Parameters"/> were written to.</summary>
    public void ParametersChanged()
    {
        for (int l = 1; l < _layout.Layers.Length; l++)
        {
            TransposeRows(l, 0, _layout.Layers[l].Inputs);
        }
    }

    /// <summary>The parameters as W1, b1, W2, b2 ….</summary>
    public Matrix[] ToMatrices() => _layout.ToMatrices(_parameters.Span);

    /// <summary>One step: forward propagation, backpropagation and update on some images.</summary>
    /// <param name="order">The order of the images; null for the set's own.</param>
    /// <param name="start">The position of the first image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="step">The update.</param>
    /// <param name="cancellation">Looked at between tiles of work.</param>
    public StepOutcome Step(int* order, int start, int count, in UpdateStep step, CancellationToken cancellation)
    {
        _step = step;
        _update = true;
        return Run(order, start, count, cancellation);
    }

    /// <summary>The gradient dW1, db1, dW2, db2 … (with its factor 1/m) of some images, without an update: for tests and diagnosis.</summary>
    public Matrix[] Gradient(int* order, int start, int count, out StepOutcome outcome)
    {
        _update = false;
        outcome = Run(order, start, count, CancellationToken.None);
        float* sum = _gradients[0].Pointer;
        for (int block = 1; _byBlocks && block < BatchBlocks.Count(count); block++)
        {
            for (int i = 0; i < _layout.Length; i++)
            {
                sum[i] += _gradients[block].Pointer[i];
            }
        }

        Matrix[] gradient = _layout.ToMatrices(_gradients[0].Span, "d", 1f / count);
        ClearGradients();
        return gradient;
    }

    public void Dispose()
    {
        foreach (IDisposable? part in (IEnumerable<IDisposable?>)[_parameters, _transposed, _zeros, .. _states, .. _gradients, .. _tiles, .. _workspaces])
        {
            part?.Dispose();
        }
    }

    private static T[] Make<T>(int count, Func<T> make)
    {
        var items = new T[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = make();
        }

        return items;
    }

    private static IEnumerable<(int Layer, int First, int Count)> RowTasks(LayerLayout[] layers)
    {
        for (int l = 1; l < layers.Length; l++)
        {
            for (int k = 0; k < layers[l].Inputs; k += RowChunk)
            {
                yield return (l, k, Math.Min(RowChunk, layers[l].Inputs - k));
            }
        }
    }

    private static IEnumerable<(int Offset, int Length, bool IsWeight)> Chunks(LayerLayout[] layers)
    {
        foreach (LayerLayout layer in layers)
        {
            for (int at = layer.Weights; at < layer.Biases; at += UpdateChunk)
            {
                yield return (at, Math.Min(UpdateChunk, layer.Biases - at), true);
            }

            yield return (layer.Biases, layer.Stride, false);
        }
    }

    private StepOutcome Run(int* order, int start, int count, CancellationToken cancellation)
    {
        _order = order;
        _start = start;
        _count = count;
        _cancellation = cancellation;
        return _byBlocks ? RunByBlocks() : RunByPanels(start, count);
    }

    private StepOutcome RunByBlocks()
    {
        _blockSize = BatchBlocks.Size(_count);
        _blocks = BatchBlocks.Count(_count);
        _team.Run(_blocks, _runBlock);
        if (_cancellation.IsCancellationRequested)
        {
            ClearGradients();
            return new StepOutcome(0, 0, 0, true);
        }

        double loss = 0, squares = 0;
        int correct = 0;
        for (int block = 0; block < _blocks; block++)
        {
            loss += _losses[block];
            correct += _hits[block];
        }

        if (_update)
        {
            _team.Run(_chunks.Length, _updateChunk);
            ParametersChanged();
            for (int chunk = 0; chunk < _chunks.Length; chunk++)
            {
                squares += _squares[chunk];
            }
        }

        return new StepOutcome(loss, correct, squares, false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunBlock(int worker, int block)
    {
        Tile tile = _tiles[worker];
        Workspace work = _workspaces[worker];
        LayerLayout[] layers = _layout.Layers;
        float* gradient = _gradients[block].Pointer;
        int end = Math.Min(_count, (block + 1) * _blockSize), hits = 0;
        double loss = 0;
        for (int first = block * _blockSize; first < end; first += Tile.Capacity)
        {
            if (_cancellation.IsCancellationRequested)
            {
                return;
            }

            int count = Math.Min(Tile.Capacity, end - first);
            tile.Load(_order, _start + first, count);
            for (int panel = 0; panel < layers[0].Panels; panel++)
            {
                FirstLayer.Forward(tile, layers[0], panel, _parameters.Pointer, work.Activations(0));
            }

            loss += PassImages(work, 0, count, _start + first, ref hits);
            for (int panel = 0; panel < layers[0].Panels; panel++)
            {
                FirstLayer.Accumulate(tile, layers[0], panel, work.Deltas(0), gradient);
            }

            for (int l = 0; l < layers.Length; l++)
            {
                LayerPass.AccumulateBiases(_layout, l, gradient, work, count, 0, layers[l].Stride);
                if (l > 0)
                {
                    LayerPass.AccumulateWeights(_layout, l, gradient, work, count, 0, layers[l].Inputs);
                }
            }
        }

        _losses[block] = loss;
        _hits[block] = hits;
    }

    // The sum of all blocks' gradients, block by block, for a range of parameters, and their update.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateBlocksChunk(int worker, int chunk)
    {
        (int offset, int length, bool isWeight) = _chunks[chunk];
        float* sum = _gradients[0].Pointer + offset;
        for (int block = 1; block < _blocks; block++)
        {
            AddAndClear(sum, _gradients[block].Pointer + offset, length);
        }

        _squares[chunk] = Update(offset, length, isWeight);
    }

    private StepOutcome RunByPanels(int start, int count)
    {
        double loss = 0, squares = 0;
        int correct = 0;
        for (int first = 0; first < count; first += SubBatch)
        {
            if (_cancellation.IsCancellationRequested)
            {
                ClearGradients();
                return new StepOutcome(0, 0, 0, true);
            }

            _start = start + first;
            _count = Math.Min(SubBatch, count - first);
            _isLast = first + SubBatch >= count;
            _team.Run(_shares, _forwardPanels);
            _team.Run((_count + Group - 1) / Group, _passGroup);
            _team.Run(_shares, _accumulatePanels);
            for (int group = 0; group * Group < _count; group++)
            {
                loss += _losses[group];
                correct += _hits[group];
            }
        }

        for (int task = 0; _update && task < _layout.Layers[0].Panels + _rowTasks.Length; task++)
        {
            squares += _squares[task];
        }

        return new StepOutcome(loss, correct, squares, false);
    }

    // Z1, for one share of the panels: a share because a tile, once loaded, serves several panels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardPanels(int worker, int share)
    {
        LayerLayout layer = _layout.Layers[0];
        Tile tile = _tiles[worker];
        for (int first = 0; share < layer.Panels && first < _count; first += Tile.Capacity)
        {
            tile.Load(_order, _start + first, Math.Min(Tile.Capacity, _count - first));
            for (int panel = share; panel < layer.Panels; panel += _shares)
            {
                FirstLayer.Forward(tile, layer, panel, _parameters.Pointer, _workspaces[0].Activations(0, first));
            }
        }
    }

    // All layers above the first and back down to dZ1, for one group of images.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PassGroup(int worker, int group)
    {
        int first = group * Group, hits = 0;
        _losses[group] = PassImages(_workspaces[0], first, Math.Min(Group, _count - first), _start + first, ref hits);
        _hits[group] = hits;
    }

    // Gradients and, once the batch is complete, the update, for one share of the panels and of the rows of the other layers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulatePanels(int worker, int share)
    {
        LayerLayout layer = _layout.Layers[0];
        Tile tile = _tiles[worker];
        for (int first = 0; share < layer.Panels && first < _count; first += Tile.Capacity)
        {
            tile.Load(_order, _start + first, Math.Min(Tile.Capacity, _count - first));
            for (int panel = share; panel < layer.Panels; panel += _shares)
            {
                FirstLayer.Accumulate(tile, layer, panel, _workspaces[0].Deltas(0, first), _gradients[0].Pointer);
            }
        }

        for (int task = share; task < layer.Panels + _rowTasks.Length; task += _shares)
        {
            _squares[task] = task < layer.Panels ? FinishPanel(task) : FinishRows(_rowTasks[task - layer.Panels]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FinishPanel(int panel)
    {
        LayerLayout layer = _layout.Layers[0];
        int units = panel * layer.PanelWidth;
        LayerPass.AccumulateBiases(_layout, 0, _gradients[0].Pointer, _workspaces[0], _count, units, layer.PanelWidth);
        return _isLast && _update
            ? Update(layer.Panel(panel), layer.Inputs * layer.PanelWidth, true) + Update(layer.Biases + units, layer.PanelWidth, false)
            : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FinishRows((int Layer, int First, int Count) rows)
    {
        LayerLayout layer = _layout.Layers[rows.Layer];
        bool update = _isLast && _update;
        double squares = 0;
        LayerPass.AccumulateWeights(_layout, rows.Layer, _gradients[0].Pointer, _workspaces[0], _count, rows.First, rows.Count);
        for (int panel = 0; update && panel < layer.Panels; panel++)
        {
            squares += Update(layer.Panel(panel) + (rows.First * layer.PanelWidth), rows.Count * layer.PanelWidth, true);
        }

        if (update)
        {
            TransposeRows(rows.Layer, rows.First, rows.Count);
        }

        if (rows.First == 0)
        {
            LayerPass.AccumulateBiases(_layout, rows.Layer, _gradients[0].Pointer, _workspaces[0], _count, 0, layer.Stride);
            squares += update ? Update(layer.Biases, layer.Stride, false) : 0;
        }

        return squares;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double PassImages(Workspace work, int first, int count, int position, ref int hits)
    {
        int last = _layout.Layers.Length - 1;
        LayerPass.Forward(_layout, _parameters.Pointer, work, first, count);
        double loss = OutputLayer.Backward(work.Activations(last, first), count, _order, position, _images.Labels, _smoothing, ref hits);
        LayerPass.Backward(_layout, _transposed.Pointer, _zeros.Pointer, work, first, count);
        return loss;
    }

    private double Update(int offset, int length, bool isWeight) => UpdateKernel.Apply(
        _step,
        _parameters.Pointer + offset,
        _gradients[0].Pointer + offset,
        _states[0] is AlignedBuffer<float> first ? first.Pointer + offset : null,
        _states[1] is AlignedBuffer<float> second ? second.Pointer + offset : null,
        length,
        isWeight);

    private void TransposeRows(int l, int first, int count) => LayerPass.Transpose(_layout.Layers[l], _parameters.Pointer, _transposed.Pointer, first, count);

    private void ClearGradients()
    {
        foreach (AlignedBuffer<float> gradient in _gradients)
        {
            gradient.Span.Clear();
        }
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
