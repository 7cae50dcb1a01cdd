namespace MnistNet.Kernels;

/// <summary>Room for the values A and the errors dZ of every layer, for a number of images.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly AlignedBuffer<float> _memory;
    private readonly long[] _activations;
    private readonly long[] _deltas;
    private readonly NetworkLayout _layout;

    public Workspace(NetworkLayout layout, int images, bool withDeltas)
    {
        _layout = layout;
        _activations = new long[layout.Layers.Length];
        _deltas = new long[layout.Layers.Length];
        long length = 0;
        for (int l = 0; l < layout.Layers.Length; l++)
        {
            long size = (long)images * layout.Layers[l].Stride;
            _activations[l] = length;
            length += size;
            if (withDeltas)
            {
                _deltas[l] = length;
                length += size;
            }
        }

        _memory = new AlignedBuffer<float>(length);
    }

    /// <summary>A of a layer (counted from 0) and an image.</summary>
    public float* Activations(int layer, int image = 0) =>
        _memory.Pointer + _activations[layer] + ((long)image * _layout.Layers[layer].Stride);

    /// <summary>dZ of a layer (counted from 0) and an image. In the last layer dZ takes the place of Z.</summary>
    public float* Deltas(int layer, int image = 0) =>
        layer == _activations.Length - 1
            ? Activations(layer, image)
            : _memory.Pointer + _deltas[layer] + ((long)image * _layout.Layers[layer].Stride);

    public void Dispose() => _memory.Dispose();
}
