using System.Runtime.CompilerServices;

namespace MnistNet.Kernels;

/// <summary>
/// For wide first layers: each worker owns panels of units and sums their gradients over all images itself, so that
/// nothing has to be added up afterwards. Between the first layer's two passes, the workers take groups of images
/// through the layers above.
/// </summary>
internal sealed unsafe class PanelSharing : WorkSharing
{
    // Images between two meetings of all workers; their values stay in the second-level cache.
    private const int PartSize = 256;
    private const int Group = 16;
    private const int RowsAtATime = 32;

    private readonly TrainingMemory _memory;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer<float> _gradient;
    private readonly Workspace _work;
    private readonly Tile[] _tiles;
    private readonly (int Layer, int First, int Count)[] _rowTasks;
    private readonly int _shares;
    private readonly double[] _losses = new double[PartSize / Group];
    private readonly int[] _hits = new int[PartSize / Group];
    private readonly double[] _squares;
    private readonly Action<int, int> _forwardPanels;
    private readonly Action<int, int> _passGroup;
    private readonly Action<int, int> _accumulatePanels;

    // The part of a batch that the workers are at.
    private Batch _part;
    private bool _isLastPart;
    private UpdateStep _step;
    private CancellationToken _cancellation;

    public PanelSharing(TrainingMemory memory, WorkerTeam team)
    {
        _memory = memory;
        _team = team;
        LayerLayout[] layers = memory.Layout.Layers;
        _rowTasks = [.. RowTasks(layers)];
        _shares = Math.Min(Math.Max(layers[0].Panels, _rowTasks.Length), team.Size);
        _gradient = new AlignedBuffer<float>(memory.Layout.Length);
        _work = new Workspace(memory.Layout, PartSize, withDeltas: true);
        _tiles = new Tile[team.Size];
        for (int worker = 0; worker < team.Size; worker++)
        {
            _tiles[worker] = new Tile(memory.Images, layers[0]);
        }

        _squares = new double[layers[0].Panels + _rowTasks.Length];
        _forwardPanels = ForwardPanels;
        _passGroup = PassGroup;
        _accumulatePanels = AccumulatePanels;
    }

    public override StepOutcome Run(in Batch batch, in UpdateStep step, CancellationToken cancellation)
    {
        _step = step;
        _cancellation = cancellation;
        double loss = 0, squares = 0;
        int correct = 0;
        for (int first = 0; first < batch.Count; first += PartSize)
        {
            _part = batch.Slice(first, Math.Min(PartSize, batch.Count - first));
            _isLastPart = first + PartSize >= batch.Count;
            int groups = Parts(_part.Count, Group);
            _team.Run(_shares, _forwardPanels);
            _team.Run(groups, _passGroup);
            if (cancellation.IsCancellationRequested)
            {
                // What was passed over is thrown away. From here on a step is finished: half an update is none.
                _gradient.Span.Clear();
                return StepOutcome.Cancelled;
            }

            _team.Run(_shares, _accumulatePanels);
            for (int group = 0; group < groups; group++)
            {
                loss += _losses[group];
                correct += _hits[group];
            }
        }

        foreach (double square in _squares)
        {
            squares += square;
        }

        return new StepOutcome(loss, correct, squares, false);
    }

    public override void Dispose()
    {
        _gradient.Dispose();
        _work.Dispose();
        foreach (Tile tile in _tiles)
        {
            tile.Dispose();
        }
    }

    private static IEnumerable<(int Layer, int First, int Count)> RowTasks(LayerLayout[] layers)
    {
        for (int l = 1; l < layers.Length; l++)
        {
            for (int k = 0; k < layers[l].Inputs; k += RowsAtATime)
            {
                yield return (l, k, Math.Min(RowsAtATime, layers[l].Inputs - k));
            }
        }
    }

    // Z1, for one share of the panels: a share because a tile, once loaded, serves several panels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardPanels(int worker, int share)
    {
        LayerLayout layer = _memory.Layout.Layers[0];
        Tile tile = _tiles[worker];
        for (int first = 0; share < layer.Panels && first < _part.Count; first += Tile.Capacity)
        {
            if (_cancellation.IsCancellationRequested)
            {
                return;
            }

            tile.Load(_part.Slice(first, Math.Min(Tile.Capacity, _part.Count - first)));
            for (int panel = share; panel < layer.Panels; panel += _shares)
            {
                FirstLayer.Forward(tile, layer, panel, _memory.Parameters, _work.Activations(0, first));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PassGroup(int worker, int group)
    {
        if (_cancellation.IsCancellationRequested)
        {
            return;
        }

        int first = group * Group, hits = 0;
        _losses[group] = _memory.Pass(_work, first, _part.Slice(first, Math.Min(Group, _part.Count - first)), ref hits);
        _hits[group] = hits;
    }

    // dW1 and db1 for one share of the panels, and a share of the rows of all other layers; after the last part of a
    // batch the update too.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulatePanels(int worker, int share)
    {
        LayerLayout layer = _memory.Layout.Layers[0];
        Tile tile = _tiles[worker];
        for (int first = 0; share < layer.Panels && first < _part.Count; first += Tile.Capacity)
        {
            tile.Load(_part.Slice(first, Math.Min(Tile.Capacity, _part.Count - first)));
            for (int panel = share; panel < layer.Panels; panel += _shares)
            {
                FirstLayer.Accumulate(tile, layer, panel, _work.Deltas(0, first), _gradient.Pointer);
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
        LayerLayout layer = _memory.Layout.Layers[0];
        int units = panel * layer.PanelWidth;
        LayerPass.AccumulateBiases(_memory.Layout, 0, _gradient.Pointer, _work, _part.Count, units, layer.PanelWidth);
        return _isLastPart
            ? Update(
                layer.Panel(panel),
                layer.Inputs * layer.PanelWidth,
                true) + Update(layer.Biases + units, layer.PanelWidth, false)
            : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FinishRows((int Layer, int First, int Count) rows)
    {
        LayerLayout layer = _memory.Layout.Layers[rows.Layer];
        double squares = 0;
        LayerPass.AccumulateWeights(
            _memory.Layout, rows.Layer, _gradient.Pointer, _work, _part.Count, rows.First, rows.Count);
        for (int panel = 0; _isLastPart && panel < layer.Panels; panel++)
        {
            squares += Update(
                layer.Panel(panel) + (rows.First * layer.PanelWidth), rows.Count * layer.PanelWidth, true);
        }

        if (_isLastPart)
        {
            _memory.TransposeRows(rows.Layer, rows.First, rows.Count);
        }

        if (rows.First == 0)
        {
            LayerPass.AccumulateBiases(
                _memory.Layout, rows.Layer, _gradient.Pointer, _work, _part.Count, 0, layer.Stride);
            squares += _isLastPart ? Update(layer.Biases, layer.Stride, false) : 0;
        }

        return squares;
    }

    private double Update(int offset, int length, bool isWeight) =>
        _memory.Update(_step, _gradient.Pointer, offset, length, isWeight);
}
