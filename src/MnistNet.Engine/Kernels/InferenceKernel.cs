namespace MnistNet.Kernels;

/// <summary>Forward propagation alone, for predictions and for measuring.</summary>
internal sealed unsafe class InferenceKernel : IDisposable
{
    // Images a worker takes at a time: a few tiles, so that there are fewer tasks than a job can have.
    private const int Chunk = 16 * Tile.Capacity;

    private readonly NetworkLayout _layout;
    private readonly SparseImages _images;
    private readonly bool _isLabeled;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer<float> _parameters;
    private readonly Tile[] _tiles;
    private readonly Workspace[] _workspaces;

    /// <summary>Prepares for the digits of a set.</summary>
    /// <param name="network">The shape; its parameters are taken over.</param>
    /// <param name="data">Digits that fit it.</param>
    /// <param name="team">The workers; not disposed here.</param>
    public InferenceKernel(Network network, DigitSet data, WorkerTeam team)
    {
        _layout = new NetworkLayout(network);
        _images = SparseImages.Of(data);
        _isLabeled = data.IsLabeled;
        _team = team;
        _parameters = new AlignedBuffer<float>(_layout.Length);
        _layout.Load(network, _parameters.Span);
        _tiles = new Tile[team.Size];
        _workspaces = new Workspace[team.Size];
        for (int worker = 0; worker < team.Size; worker++)
        {
            _tiles[worker] = new Tile(_images, _layout.Layers[0]);
            _workspaces[worker] = new Workspace(_layout, Tile.Capacity, withDeltas: false);
        }
    }

    /// <summary>The parameters in the layout of <see cref="TrainingKernel.Parameters"/>.</summary>
    public Span<float> Parameters => _parameters.Span;

    /// <summary>What the network says of each digit.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Answers Answer(CancellationToken cancellation)
    {
        var probabilities = new float[_images.Count * DigitSet.ClassCount];
        float[] losses = _isLabeled ? new float[_images.Count] : [];
        ForEachTile(
            (work, first, count) =>
            {
                float* z = work.Activations(_layout.Layers.Length - 1);
                fixed (float* p = &probabilities[first * DigitSet.ClassCount], loss = losses)
                {
                    byte* labels = _isLabeled ? _images.Labels + first : null;
                    OutputLayer.SoftmaxRows(z, count, p, labels, loss + first);
                }
            },
            cancellation);
        return new Answers(probabilities, losses);
    }

    /// <summary>The mean loss and the accuracy on the set, which has labels.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public (double Loss, double Accuracy) Measure(CancellationToken cancellation)
    {
        Answers answers = Answer(cancellation);
        int correct = 0;
        for (int i = 0; i < _images.Count; i++)
        {
            correct += answers.Predicted(i) == _images.Labels[i] ? 1 : 0;
        }

        return (answers.MeanLoss, (double)correct / _images.Count);
    }

    public void Dispose()
    {
        _parameters.Dispose();
        for (int worker = 0; worker < _tiles.Length; worker++)
        {
            _tiles[worker].Dispose();
            _workspaces[worker].Dispose();
        }
    }

    private void ForEachTile(Action<Workspace, int, int> use, CancellationToken cancellation)
    {
        LayerLayout layer = _layout.Layers[0];
        _team.Run((_images.Count + Chunk - 1) / Chunk, (worker, chunk) =>
        {
            Tile tile = _tiles[worker];
            Workspace work = _workspaces[worker];
            int end = Math.Min(_images.Count, (chunk + 1) * Chunk);
            for (int first = chunk * Chunk; first < end; first += Tile.Capacity)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return;
                }

                int count = Math.Min(Tile.Capacity, end - first);
                tile.Load(new Batch(null, first, count));
                for (int panel = 0; panel < layer.Panels; panel++)
                {
                    FirstLayer.Forward(tile, layer, panel, _parameters.Pointer, work.Activations(0));
                }

                LayerPass.Forward(_layout, _parameters.Pointer, work, 0, count);
                use(work, first, count);
            }
        });
        cancellation.ThrowIfCancellationRequested();
    }
}
