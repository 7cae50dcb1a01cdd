namespace MnistNet.Kernels;

/// <summary>
/// The images of a set once more, turned round: for each pixel, the images in which it is not zero, and their grey
/// levels. So dW1 of a pixel is one sum in registers, where a list of pixels would load and store a row of dW1 for
/// every one of them. The images are taken in column blocks, few enough for their dZ1 to stay in the first-level cache.
/// </summary>
// It lives as long as its set, which has no end of its own either; the buffers' finalisers free them.
#pragma warning disable CA1001
internal sealed unsafe class ColumnLists
#pragma warning restore CA1001
{
    /// <summary>Images of a column block: their dZ1 takes 32 KB.</summary>
    public const int BlockSize = 512;

    /// <summary>
    /// The unit of <see cref="Rows"/> in floats: processors multiply an index by 8 bytes at no cost, and so find a row
    /// of 16 floats.
    /// </summary>
    public const int RowUnit = 2;

    private readonly AlignedBuffer<long> _starts;
    private readonly AlignedBuffer<ushort> _rows;
    private readonly AlignedBuffer<byte> _greys;
    private readonly int _pixels;

    /// <summary>Makes the lists.</summary>
    public ColumnLists(SparseImages images)
    {
        _pixels = images.PixelCount;
        int blocks = (images.Count + BlockSize - 1) / BlockSize;
        _starts = new AlignedBuffer<long>(((long)blocks * _pixels) + 1);
        long* starts = _starts.Pointer;
        Parallel.For(0, blocks, block =>
        {
            long* counts = starts + ((long)block * _pixels);
            (long first, long end) = Entries(images, block);
            for (long entry = first; entry < end; entry++)
            {
                counts[images.Pixels[entry]] += images.Greys[entry] == 0 ? 0 : 1;
            }
        });

        // From the length of each list, padded, to where it begins.
        long total = 0;
        for (long column = 0; column < (long)blocks * _pixels; column++)
        {
            long length = (starts[column] + SparseImages.Unroll - 1) / SparseImages.Unroll * SparseImages.Unroll;
            starts[column] = total;
            total += length;
        }

        starts[(long)blocks * _pixels] = total;
        _rows = new AlignedBuffer<ushort>(total);
        _greys = new AlignedBuffer<byte>(total);
        Parallel.For(0, blocks, block => Fill(images, block));
    }

    /// <summary>For each entry, where the image's row of dZ1 lies in its column block, in units of 8 bytes.</summary>
    public ushort* Rows => _rows.Pointer;

    /// <summary>Its grey level.</summary>
    public byte* Greys => _greys.Pointer;

    /// <summary>Where the lists of a column block begin, pixel after pixel; one more for the end.</summary>
    public long* Starts(int block) => _starts.Pointer + ((long)block * _pixels);

    private static (long First, long End) Entries(SparseImages images, int block) =>
        (images.Starts[block * BlockSize], images.Starts[Math.Min(images.Count, (block + 1) * BlockSize)]);

    private void Fill(SparseImages images, int block)
    {
        var next = new ReadOnlySpan<long>(Starts(block), _pixels).ToArray();
        int last = Math.Min(images.Count, (block + 1) * BlockSize);
        for (int image = block * BlockSize; image < last; image++)
        {
            for (long entry = images.Starts[image]; entry < images.Starts[image + 1]; entry++)
            {
                if (images.Greys[entry] != 0)
                {
                    long at = next[images.Pixels[entry]]++;
                    Rows[at] = (ushort)((image - (block * BlockSize)) * (NetworkLayout.Lanes / RowUnit));
                    Greys[at] = images.Greys[entry];
                }
            }
        }
    }
}
