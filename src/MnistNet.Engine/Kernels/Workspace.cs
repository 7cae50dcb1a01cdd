namespace MnistNet.Kernels;

/// <summary>Room for the values A and the errors dZ of every layer, for a number of images.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly AlignedBuffer _memory;
    private readonly long[] _values;
    private readonly long[] _errors;
    private readonly NetworkLayout _layout;

    public Workspace(NetworkLayout layout, int images, bool withErrors)
    {
        _layout = layout;
        _values = new long[layout.Layers.Length];
        _errors = new long[layout.Layers.Length];
        long length = 0;
        for (int l = 0; l < layout.Layers.Length; l++)
        {
            long size = (long)images * layout.Layers[l].Stride;
            _values[l] = length;
            length += size;
            if (withErrors)
            {
                _errors[l] = length;
                length += size;
            }
        }

        _memory = new AlignedBuffer(length);
    }

    /// <summary>A of a layer (counted from 0) and an image.</summary>
    public float* Values(int layer, int image = 0) => _memory.Pointer + _values[layer] + ((long)image * _layout.Layers[layer].Stride);

    /// <summary>dZ of a layer (counted from 0) and an image. In the last layer dZ takes the place of Z.</summary>
    public float* Errors(int layer, int image = 0) =>
        layer == _values.Length - 1 ? Values(layer, image) : _memory.Pointer + _errors[layer] + ((long)image * _layout.Layers[layer].Stride);

    public void Dispose() => _memory.Dispose();
}
