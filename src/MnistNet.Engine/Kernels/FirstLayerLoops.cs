namespace MnistNet.Kernels;

/// <summary>
/// The two loops of the first layer of the classic network alone, without softmax, layers above, reduction or update:
/// what no iteration can be faster than. The bench measures them.
/// </summary>
internal sealed unsafe class FirstLayerLoops : IDisposable
{
    private readonly LayerLayout _layer;
    private readonly SparseImages _images;
    private readonly Tile _tile;
    private readonly AlignedBuffer<float> _parameters;
    private readonly AlignedBuffer<float> _gradient;
    private readonly AlignedBuffer<float> _z = new(ColumnLists.BlockSize * NetworkLayout.Lanes);

    public FirstLayerLoops(DigitSet data)
    {
        var layout = new NetworkLayout(Network.Create([NetworkLayout.Lanes], inputs: data.PixelCount));
        _layer = layout.Layers[0];
        _images = SparseImages.Of(data);
        _tile = new Tile(_images, _layer);
        _parameters = new AlignedBuffer<float>(layout.Length);
        _gradient = new AlignedBuffer<float>(layout.Length);
    }

    /// <summary>The number of whole column blocks.</summary>
    public int Blocks => _images.Count / ColumnLists.BlockSize;

    /// <summary>The non-zero pixels of all images.</summary>
    public long NonZeroCount => _images.NonZeroCount;

    /// <summary>The entries of the lists of some blocks, counted from the first.</summary>
    public long EntriesOf(int blocks) => _images.Starts[blocks * ColumnLists.BlockSize];

    /// <summary>Z1 and dW1 of the images of a column block.</summary>
    public void Run(int block)
    {
        for (int first = 0; first < ColumnLists.BlockSize; first += Tile.Capacity)
        {
            _tile.Load(new Batch(null, (block * ColumnLists.BlockSize) + first, Tile.Capacity));
            FirstLayer.Forward(_tile, _layer, 0, _parameters.Pointer, _z.Pointer + (first * NetworkLayout.Lanes));
        }

        FirstLayer.AccumulateColumns(_images.Columns, block, _layer, _z.Pointer, _gradient.Pointer);
    }

    public void Dispose()
    {
        _tile.Dispose();
        _parameters.Dispose();
        _gradient.Dispose();
        _z.Dispose();
    }
}
