using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MnistNet.Kernels;

/// <summary>
/// One image as the first layer's loops read it: <see cref="Length"/> pixel numbers and their grey levels, not yet
/// divided by 255.
/// </summary>
internal unsafe struct TileImage
{
    public ushort* Pixels;
    public byte* Greys;
    public float* WideGreys;
    public int Length;
}

/// <summary>
/// A handful of images, their grey levels turned into float32 numbers: few enough to stay in the first-level cache from
/// forward propagation to backpropagation. Sparse lists for most data; rows of all pixels when few of them are zero.
/// </summary>
internal sealed unsafe class Tile : IDisposable
{
    /// <summary>The largest number of images in a tile.</summary>
    public const int Capacity = 32;

    private const int Lanes = NetworkLayout.Lanes;

    // Conversion writes two whole vectors at a time.
    private const int Slack = 2 * Lanes;

    private const int CacheLine = 64;

    private readonly AlignedBuffer<float> _x;
    private readonly TileImage* _images;
    private readonly SparseImages _source;
    private readonly bool _isWidened;

    /// <summary>Makes room for tiles of a set.</summary>
    /// <param name="source">The images.</param>
    /// <param name="layer">The first layer, which decides how it wants them.</param>
    public Tile(SparseImages source, LayerLayout layer)
    {
        _source = source;
        IsDense = FirstLayer.WantsDense(layer, source.Density);
        _isWidened = !IsDense && layer.PanelVectors > 1;
        _x = new AlignedBuffer<float>(
            IsDense || _isWidened ? ((long)Capacity * (source.PixelCount + SparseImages.Unroll)) + Slack : 0);
        _images = (TileImage*)NativeMemory.Alloc(Capacity, (nuint)sizeof(TileImage));
    }

    /// <summary>The number of images loaded.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Whether <see cref="X"/> holds every pixel, image after image, instead of <see cref="Images"/> the non-zero ones.
    /// </summary>
    public bool IsDense { get; }

    /// <summary>The images as sparse lists.</summary>
    public TileImage* Images => _images;

    /// <summary>The images as rows of all their pixels, divided by 255.</summary>
    public float* X => _x.Pointer;

    /// <summary>Loads images, at most <see cref="Capacity"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(in Batch batch)
    {
        int count = batch.Count;
        Count = count;
        float* x = _x.Pointer;
        if (IsDense)
        {
            new Span<float>(x, count * _source.PixelCount).Clear();
        }

        for (int i = 0; i < count; i++)
        {
            if (!batch.IsInSetOrder && batch.Start + i + Capacity < _source.Count)
            {
                Prefetch(batch[i + Capacity]);
            }

            int image = batch[i];
            long at = _source.Starts[image];
            int length = (int)(_source.Starts[image + 1] - at);
            if (IsDense)
            {
                Scatter(_source.Pixels + at, _source.Greys + at, length, x + ((long)i * _source.PixelCount));
                continue;
            }

            _images[i].Pixels = _source.Pixels + at;
            _images[i].Greys = _source.Greys + at;
            _images[i].WideGreys = x;
            _images[i].Length = length;
            if (!_isWidened)
            {
                continue;
            }

            byte* greys = _source.Greys + at;
            for (float* target = x; target < x + length; target += 2 * Lanes, greys += 2 * Lanes)
            {
                Widen(Vector128.Load(greys)).Store(target);
                Widen(Vector128.Load(greys + Lanes)).Store(target + Lanes);
            }

            x += length;
        }
    }

    public void Dispose()
    {
        _x.Dispose();
        NativeMemory.Free(_images);
    }

    private static void Scatter(ushort* pixels, byte* greys, int length, float* x)
    {
        for (int j = 0; j < length; j++)
        {
            // += because the padding of a list may name a pixel that the list has already.
            x[pixels[j]] += greys[j] / 255f;
        }
    }

    // Images come from anywhere in memory: send for those of the next tile while this one is being worked on.
    // Arm has no such hint in .NET.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(int image)
    {
        if (Sse.IsSupported)
        {
            long at = _source.Starts[image], end = _source.Starts[image + 1];
            for (; at < end; at += CacheLine)
            {
                Sse.Prefetch0(_source.Greys + at);
                Sse.Prefetch0(_source.Pixels + at);
                Sse.Prefetch0(_source.Pixels + at + (CacheLine / sizeof(ushort)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Widen(Vector128<byte> greys)
    {
        Vector512<byte> wide = greys.ToVector256Unsafe().ToVector512Unsafe();
        return Vector512.ConvertToSingle(Vector512.WidenLower(Vector512.WidenLower(wide)).AsInt32());
    }
}
