using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// The first layer, where nearly all of the time goes: one multiply-add a vector for each non-zero pixel, each way.
/// </summary>
internal static unsafe class FirstLayer
{
    // With a larger share of non-zero pixels than this, rows of all pixels are faster than sparse lists, as measured on
    // random images: a dense panel of two vectors keeps eight sums in registers, where a sparse one loads and stores a
    // row of dW1 for every pixel.
    private const double NarrowDenseAbove = 0.95, WideDenseAbove = 0.3;

    private const int Lanes = NetworkLayout.Lanes;

    // X is grey/255. Dividing a sum, or dZ1, once an image costs less than dividing each pixel.
    private const float Normalizer = 1 / 255f;

    /// <summary>Whether rows of all pixels are faster than sparse lists.</summary>
    /// <param name="layer">The first layer.</param>
    /// <param name="density">The share of pixels that are not zero: 0.19 for MNIST, about a half for
    /// Fashion-MNIST.</param>
    public static bool WantsDense(LayerLayout layer, double density) =>
        density > (layer.PanelVectors == 1 ? NarrowDenseAbove : WideDenseAbove);

    /// <summary>Z1 = W1·X + b1 for the units of one panel and the images of a tile.</summary>
    /// <param name="tile">X.</param>
    /// <param name="layer">Where W1 and b1 lie.</param>
    /// <param name="panel">The panel's number.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="z">Z1 of the tile's first image.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Tile tile, LayerLayout layer, int panel, float* parameters, float* z)
    {
        float* w = parameters + layer.Panel(panel);
        float* b = parameters + layer.Biases + (panel * layer.PanelWidth);
        z += panel * layer.PanelWidth;
        if (tile.IsDense)
        {
            DenseProduct.Multiply(
                a: new Factors(tile.X, layer.Inputs, 1),
                b: new VectorRows(w, layer.PanelWidth),
                start: new VectorRows(b, 0),
                c: new VectorRows(z, layer.Stride),
                rows: tile.Count,
                steps: layer.Inputs,
                layer.PanelVectors);
        }
        else if (layer.PanelVectors == 1)
        {
            Forward16(tile.Images, tile.Count, w, b, z, layer.Stride);
        }
        else
        {
            Forward32(tile.Images, tile.Count, w, b, z, layer.Stride);
        }
    }

    /// <summary>
    /// dW1 += dZ1·Xᵀ for the units of one panel and the images of a tile. The factor 1/m is the update's.
    /// </summary>
    /// <param name="tile">X.</param>
    /// <param name="layer">Where dW1 lies.</param>
    /// <param name="panel">The panel's number.</param>
    /// <param name="dz">dZ1 of the tile's first image.</param>
    /// <param name="gradient">All gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(Tile tile, LayerLayout layer, int panel, float* dz, float* gradient)
    {
        float* dw = gradient + layer.Panel(panel);
        dz += panel * layer.PanelWidth;
        if (tile.IsDense)
        {
            var rows = new VectorRows(dw, layer.PanelWidth);
            DenseProduct.Multiply(
                a: new Factors(tile.X, 1, layer.Inputs),
                b: new VectorRows(dz, layer.Stride),
                start: rows,
                c: rows,
                rows: layer.Inputs,
                steps: tile.Count,
                layer.PanelVectors);
        }
        else if (layer.PanelVectors == 1)
        {
            Accumulate16(tile.Images, tile.Count, dz, layer.Stride, dw);
        }
        else
        {
            Accumulate32(tile.Images, tile.Count, dz, layer.Stride, dw);
        }
    }

    /// <summary>
    /// dW1 += dZ1·Xᵀ for a layer one vector wide and the images of a column block, pixel by pixel: each row of dW1 is
    /// loaded and stored once.
    /// </summary>
    /// <param name="columns">X, as the images of each pixel.</param>
    /// <param name="block">The number of the column block.</param>
    /// <param name="layer">Where dW1 lies.</param>
    /// <param name="dz">dZ1 of the block's first image.</param>
    /// <param name="gradient">All gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateColumns(ColumnLists columns, int block, LayerLayout layer, float* dz, float* gradient)
    {
        long* start = columns.Starts(block);
        float* dw = gradient + layer.Weights;
        ushort* image = columns.Rows + start[0];
        byte* grey = columns.Greys + start[0];
        for (int pixel = 0; pixel < layer.Inputs; pixel++, dw += Lanes)
        {
            byte* end = columns.Greys + start[pixel + 1];
            Vector512<float> s0 = Vector512<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (; grey < end; grey += SparseImages.Unroll, image += SparseImages.Unroll)
            {
                Vector128<float> x = FourGreys(grey);
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(x.ToScalar()), Delta(dz, image[0]), s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(x.GetElement(1)), Delta(dz, image[1]), s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(x.GetElement(2)), Delta(dz, image[2]), s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(x.GetElement(3)), Delta(dz, image[3]), s3);
            }

            Vector512.FusedMultiplyAdd((s0 + s1) + (s2 + s3), Vector512.Create(Normalizer), Vector512.Load(dw))
                .Store(dw);
        }
    }

    // Z1 = b1 + Σ grey·W1[pixel] / 255, in four sums, because one would wait four cycles for each multiply-add.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward16(TileImage* images, int count, float* w, float* b, float* z, int stride)
    {
        Vector512<float> bias = Vector512.Load(b);
        for (int i = 0; i < count; i++)
        {
            ushort* pixel = images[i].Pixels;
            byte* grey = images[i].Greys;
            byte* end = grey + images[i].Length;
            Vector512<float> s0 = Vector512<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (; grey < end; grey += SparseImages.Unroll, pixel += SparseImages.Unroll)
            {
                ulong four = *(ulong*)pixel;
                Vector128<float> x = FourGreys(grey);
                s0 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(x.ToScalar()), Vector512.Load(w + Row(four, 0, Lanes)), s0);
                s1 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(x.GetElement(1)), Vector512.Load(w + Row(four, 1, Lanes)), s1);
                s2 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(x.GetElement(2)), Vector512.Load(w + Row(four, 2, Lanes)), s2);
                s3 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(x.GetElement(3)), Vector512.Load(w + Row(four, 3, Lanes)), s3);
            }

            Vector512.FusedMultiplyAdd((s0 + s1) + (s2 + s3), Vector512.Create(Normalizer), bias)
                .Store(z + ((long)i * stride));
        }
    }

    // The same for 32 units: two vectors, two sums each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward32(TileImage* images, int count, float* w, float* b, float* z, int stride)
    {
        Vector512<float> bias0 = Vector512.Load(b), bias1 = Vector512.Load(b + Lanes);
        for (int i = 0; i < count; i++)
        {
            ushort* pixel = images[i].Pixels;
            float* x = images[i].WideGreys;
            float* end = x + images[i].Length;
            Vector512<float> s0 = Vector512<float>.Zero, s1 = s0, t0 = s0, t1 = s0;
            for (; x < end; x += SparseImages.Unroll, pixel += SparseImages.Unroll)
            {
                ulong four = *(ulong*)pixel;
                float* w0 = w + Row(four, 0, 2 * Lanes), w1 = w + Row(four, 1, 2 * Lanes);
                float* w2 = w + Row(four, 2, 2 * Lanes), w3 = w + Row(four, 3, 2 * Lanes);
                Vector512<float> x0 = Vector512.Create(x[0]), x1 = Vector512.Create(x[1]);
                Vector512<float> x2 = Vector512.Create(x[2]), x3 = Vector512.Create(x[3]);
                s0 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(w0), s0);
                s1 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(w0 + Lanes), s1);
                t0 = Vector512.FusedMultiplyAdd(x1, Vector512.Load(w1), t0);
                t1 = Vector512.FusedMultiplyAdd(x1, Vector512.Load(w1 + Lanes), t1);
                s0 = Vector512.FusedMultiplyAdd(x2, Vector512.Load(w2), s0);
                s1 = Vector512.FusedMultiplyAdd(x2, Vector512.Load(w2 + Lanes), s1);
                t0 = Vector512.FusedMultiplyAdd(x3, Vector512.Load(w3), t0);
                t1 = Vector512.FusedMultiplyAdd(x3, Vector512.Load(w3 + Lanes), t1);
            }

            float* target = z + ((long)i * stride);
            Vector512.FusedMultiplyAdd(s0 + t0, Vector512.Create(Normalizer), bias0).Store(target);
            Vector512.FusedMultiplyAdd(s1 + t1, Vector512.Create(Normalizer), bias1).Store(target + Lanes);
        }
    }

    // dW1[pixel] += grey·(dZ1 / 255). The pixels of an image are all different, so the four updates of a turn do not
    // wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate16(TileImage* images, int count, float* dz, int stride, float* dw)
    {
        for (int i = 0; i < count; i++)
        {
            ushort* pixel = images[i].Pixels;
            byte* grey = images[i].Greys;
            byte* end = grey + images[i].Length;
            Vector512<float> d = Vector512.Load(dz + ((long)i * stride)) * Normalizer;
            for (; grey < end; grey += SparseImages.Unroll, pixel += SparseImages.Unroll)
            {
                ulong four = *(ulong*)pixel;
                Vector128<float> x = FourGreys(grey);
                Add(dw + Row(four, 0, Lanes), x.ToScalar(), d);
                Add(dw + Row(four, 1, Lanes), x.GetElement(1), d);
                Add(dw + Row(four, 2, Lanes), x.GetElement(2), d);
                Add(dw + Row(four, 3, Lanes), x.GetElement(3), d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate32(TileImage* images, int count, float* dz, int stride, float* dw)
    {
        for (int i = 0; i < count; i++)
        {
            ushort* pixel = images[i].Pixels;
            float* x = images[i].WideGreys;
            float* end = x + images[i].Length;
            float* source = dz + ((long)i * stride);
            Vector512<float> d0 = Vector512.Load(source) * Normalizer;
            Vector512<float> d1 = Vector512.Load(source + Lanes) * Normalizer;
            for (; x < end; x += SparseImages.Unroll, pixel += SparseImages.Unroll)
            {
                ulong four = *(ulong*)pixel;
                Add(dw + Row(four, 0, 2 * Lanes), x[0], d0, d1);
                Add(dw + Row(four, 1, 2 * Lanes), x[1], d0, d1);
                Add(dw + Row(four, 2, 2 * Lanes), x[2], d0, d1);
                Add(dw + Row(four, 3, 2 * Lanes), x[3], d0, d1);
            }
        }
    }

    // Four grey levels as floats, from one load of four bytes: cheaper than a load for each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FourGreys(byte* greys)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(*(uint*)greys).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    // dZ1 of an image; its place is counted in doubles, because processors multiply an index by 8 at no cost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Delta(float* dz, ushort place) =>
        Vector512.Load((float*)((double*)dz + (nuint)place));

    // Where the row of the nth of four pixels lies. One load for four pixel numbers, and no sign to extend: a quarter
    // of the time of these loops.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Row(ulong fourPixels, int n, uint width) => (nuint)(ushort)(fourPixels >> (16 * n)) * width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* row, float x, Vector512<float> d) =>
        Vector512.FusedMultiplyAdd(Vector512.Create(x), d, Vector512.Load(row)).Store(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* row, float x, Vector512<float> d0, Vector512<float> d1)
    {
        Vector512<float> factor = Vector512.Create(x);
        Vector512.FusedMultiplyAdd(factor, d0, Vector512.Load(row)).Store(row);
        Vector512.FusedMultiplyAdd(factor, d1, Vector512.Load(row + Lanes)).Store(row + Lanes);
    }
}
