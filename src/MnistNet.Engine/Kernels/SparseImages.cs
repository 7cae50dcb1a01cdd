using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// The images of a set as lists of their non-zero pixels: on MNIST four pixels of five are zero, and a zero adds
/// nothing to W1·X. Each list is padded with zero grey levels to a multiple of four, so that the inner loops have no
/// remainder.
/// </summary>
internal sealed unsafe class SparseImages : IDisposable
{
    /// <summary>Pixel numbers are 16 bits wide.</summary>
    public const int MaximumPixels = 1 << 16;

    /// <summary>Lists are padded to a multiple of this.</summary>
    public const int Unroll = 4;

    // Grey levels are loaded 32 at a time, so a load may read this far past the last one.
    private const int Slack = 2 * NetworkLayout.Lanes;

    private const int Block = 512;

    private static readonly ConditionalWeakTable<DigitSet, SparseImages> Known = [];

    private readonly AlignedBuffer<long> _starts;
    private readonly AlignedBuffer<byte> _labels;
    private ColumnLists? _columns;
    private AlignedBuffer<ushort> _pixels;
    private AlignedBuffer<byte> _greys;

    private SparseImages(DigitSet set)
    {
        Count = set.Count;
        PixelCount = set.PixelCount;
        _starts = new AlignedBuffer<long>(Count + 1, isZeroed: false);
        _pixels = new AlignedBuffer<ushort>(0);
        _greys = new AlignedBuffer<byte>(0);
        _labels = new AlignedBuffer<byte>(Count);
        set.Labels.CopyTo(_labels.Span);
        Take(set);
        Density = NonZeroCount / Math.Max(1.0, (double)Count * PixelCount);
    }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>The number of pixels of an image, zero or not.</summary>
    public int PixelCount { get; }

    /// <summary>The number of non-zero pixels of all images.</summary>
    public long NonZeroCount { get; private set; }

    /// <summary>
    /// The share of pixels that are not zero: 0.191 for MNIST. It decides how the work is done, so it stays that of the
    /// first images: a training that is gone on with must decide as it did before.
    /// </summary>
    public double Density { get; }

    /// <summary>The numbers of the non-zero pixels, list after list.</summary>
    public ushort* Pixels => _pixels.Pointer;

    /// <summary>Their grey levels.</summary>
    public byte* Greys => _greys.Pointer;

    /// <summary>Where each image's list begins; one more for the end.</summary>
    public long* Starts => _starts.Pointer;

    /// <summary>One label an image; meaningless when the set has none.</summary>
    public byte* Labels => _labels.Pointer;

    /// <summary>The same turned round, made when it is first asked for.</summary>
    public ColumnLists Columns
    {
        get
        {
            lock (_starts)
            {
                return _columns ??= new ColumnLists(this);
            }
        }
    }

    /// <summary>The lists of a set, made once for as long as the set lives.</summary>
    /// <exception cref="ShapeException">The images have more pixels than a pixel number can say.</exception>
    public static SparseImages Of(DigitSet set)
    {
        RequireFewPixels(set);
        return Known.GetValue(set, static key => new SparseImages(key));
    }

    /// <summary>
    /// Lists of a training's own, which change from epoch to epoch; those of <see cref="Of"/> belong to all who know
    /// the set.
    /// </summary>
    /// <exception cref="ShapeException">The images have more pixels than a pixel number can say.</exception>
    public static SparseImages CopyOf(DigitSet set)
    {
        RequireFewPixels(set);
        return new SparseImages(set);
    }

    /// <summary>Takes other images of the same number and size, with the same labels.</summary>
    public void Take(DigitSet set)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(set.Count, Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(set.PixelCount, PixelCount);
        _columns = null;
        int blocks = (Count + Block - 1) / Block;
        var lengths = new int[Count];
        Parallel.For(0, blocks, block =>
        {
            for (int i = block * Block; i < Math.Min(Count, (block + 1) * Block); i++)
            {
                lengths[i] = CountNonZero(set.Pixels.Slice(i * PixelCount, PixelCount));
            }
        });

        long total = 0;
        NonZeroCount = 0;
        for (int i = 0; i < Count; i++)
        {
            Starts[i] = total;
            total += (lengths[i] + Unroll - 1) / Unroll * Unroll;
            NonZeroCount += lengths[i];
        }

        Starts[Count] = total;
        if (total > _pixels.Length || _greys.Length < total + Slack)
        {
            _pixels.Dispose();
            _greys.Dispose();
            _pixels = new AlignedBuffer<ushort>(total, isZeroed: false);
            _greys = new AlignedBuffer<byte>(total + Slack, isZeroed: false);
        }

        Parallel.For(0, blocks, block =>
        {
            for (int i = block * Block; i < Math.Min(Count, (block + 1) * Block); i++)
            {
                Fill(set.Pixels.Slice(i * PixelCount, PixelCount), Starts[i], Starts[i + 1]);
            }
        });
    }

    /// <summary>
    /// Takes the images that these lists were made of, each moved: only the numbers of its pixels change, all by the
    /// same.
    /// </summary>
    /// <param name="source">The lists before any move.</param>
    /// <param name="offsets">For each image, the number to add; none leaves the image.</param>
    public void TakeMoved(SparseImages source, int[] offsets)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Starts[Count], Starts[Count]);
        _columns = null;
        Parallel.For(0, (Count + Block - 1) / Block, block =>
        {
            for (int i = block * Block; i < Math.Min(Count, (block + 1) * Block); i++)
            {
                Move(source.Pixels, offsets[i], Starts[i], Starts[i + 1]);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _starts.Dispose();
        _pixels.Dispose();
        _greys.Dispose();
        _labels.Dispose();
    }

    private static void RequireFewPixels(DigitSet set)
    {
        if (set.PixelCount > MaximumPixels)
        {
            throw new ShapeException(
                $"{set.Name} has images of {set.Rows}×{set.Columns} = {set.PixelCount:N0} pixels; at most "
                + $"{MaximumPixels:N0} can be trained on. Scale them down.",
                "ImageTooLarge");
        }
    }

    private static int CountNonZero(ReadOnlySpan<byte> image)
    {
        int count = 0, p = 0;
        for (; p <= image.Length - Vector512<byte>.Count; p += Vector512<byte>.Count)
        {
            count += BitOperations.PopCount(NonZeroBits(image[p..]));
        }

        for (; p < image.Length; p++)
        {
            count += image[p] == 0 ? 0 : 1;
        }

        return count;
    }

    private static ulong NonZeroBits(ReadOnlySpan<byte> bytes) =>
        ~Vector512.Equals(Vector512.Create(bytes), Vector512<byte>.Zero).ExtractMostSignificantBits();

    // The padding at a list's end stays where it is: what is 0 may be anywhere, but not outside of the image.
    private void Move(ushort* source, int offset, long at, long end)
    {
        long last = end;
        while (last > at && Greys[last - 1] == 0)
        {
            last--;
            Pixels[last] = source[last];
        }

        var step = Vector128.Create((ushort)offset);
        for (; at <= last - Vector128<ushort>.Count; at += Vector128<ushort>.Count)
        {
            (Vector128.Load(source + at) + step).Store(Pixels + at);
        }

        for (; at < last; at++)
        {
            Pixels[at] = (ushort)(source[at] + offset);
        }
    }

    private void Fill(ReadOnlySpan<byte> image, long at, long end)
    {
        int p = 0;
        for (; p <= image.Length - Vector512<byte>.Count; p += Vector512<byte>.Count)
        {
            for (ulong bits = NonZeroBits(image[p..]); bits != 0; bits &= bits - 1)
            {
                int pixel = p + BitOperations.TrailingZeroCount(bits);
                Pixels[at] = (ushort)pixel;
                Greys[at++] = image[pixel];
            }
        }

        for (; p < image.Length; p++)
        {
            if (image[p] != 0)
            {
                Pixels[at] = (ushort)p;
                Greys[at++] = image[p];
            }
        }

        // Different pixels for the padding: additions to one and the same row of dW1 would have to wait for each other.
        for (int pad = 0; at < end; pad++, at++)
        {
            Pixels[at] = (ushort)Math.Min(pad, PixelCount - 1);
            Greys[at] = 0;
        }
    }
}
