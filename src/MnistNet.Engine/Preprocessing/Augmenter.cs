namespace MnistNet;

/// <summary>
/// Draws the images of a training set anew for each epoch. What becomes of an image follows from the seed, the epoch
/// and
/// the position of the image alone.
/// </summary>
internal sealed class Augmenter
{
    private const int Block = 256;

    private readonly DigitSet _set;
    private readonly Augmentation _augmentation;
    private readonly AugmentationStrength _strength;
    private readonly int _seed;
    private readonly ParallelOptions _parallel;
    private readonly ElasticFields? _fields;
    private readonly PixelBox[] _boxes;
    private byte[]? _pixels;

    /// <summary>Prepares to augment a set.</summary>
    /// <param name="set">The images as the network sees them.</param>
    /// <param name="augmentation">What may be done to them.</param>
    /// <param name="strength">How far.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="threads">The number of threads; null means one a processor. It never changes a result.</param>
    public Augmenter(
        DigitSet set, Augmentation augmentation, AugmentationStrength strength, int seed, int? threads = null)
    {
        _set = set;
        _augmentation = augmentation;
        _strength = strength;
        _seed = seed;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1 };
        _fields = augmentation == Augmentation.Elastic
            ? ElasticFields.For(set.Rows, set.Columns, strength.Smoothness)
            : null;
        _boxes = new PixelBox[augmentation == Augmentation.Shift ? set.Count : 0];
        ForEachBlock(
            (first, end) =>
            {
                for (int i = first; i < Math.Min(end, _boxes.Length); i++)
                {
                    _boxes[i] = PixelBox.Around(set.Pixels.Slice(i * set.PixelCount, set.PixelCount), set.Columns);
                }
            },
            CancellationToken.None);
    }

    /// <summary>The images of an epoch. The set is good until the next one is drawn.</summary>
    /// <param name="epoch">The number of the epoch, counted from 0.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public DigitSet Draw(int epoch, CancellationToken cancellation = default)
    {
        _pixels ??= GC.AllocateUninitializedArray<byte>(_set.Pixels.Length);
        ForEachBlock(
            (first, end) =>
            {
                var distorter = new ImageDistorter(_set.Rows, _set.Columns, _fields);
                int length = _set.PixelCount;
                for (int i = first; i < end; i++)
                {
                    Span<byte> target = _pixels.AsSpan(i * length, length);
                    distorter.Apply(_set.Pixels.Slice(i * length, length), target, Draw(epoch, i));
                }
            },
            cancellation);
        return _set.WithPixels(_pixels);
    }

    /// <summary>
    /// For <see cref="Augmentation.Shift"/>: by how many pixels each image moves in an epoch, rows counted as so many
    /// pixels, so that only the numbers of pixels need to change.
    /// </summary>
    /// <param name="epoch">The number of the epoch, counted from 0.</param>
    /// <param name="offsets">Receives a number an image.</param>
    public void DrawOffsets(int epoch, int[] offsets) => ForEachBlock(
        (first, end) =>
        {
            for (int i = first; i < end; i++)
            {
                Distortion distortion = Draw(epoch, i);
                offsets[i] = -(((int)distortion.ShiftY * _set.Columns) + (int)distortion.ShiftX);
            }
        },
        CancellationToken.None);

    private Distortion Draw(int epoch, int image)
    {
        Distortion distortion = Distortion.Draw(_augmentation, _strength, _seed, epoch, _set.IndexOf(image));
        return _augmentation == Augmentation.Shift ? WithinEdges(distortion, image) : distortion;
    }

    // No ink is moved out of the image. What is read further right moves to the left.
    private Distortion WithinEdges(in Distortion distortion, int image)
    {
        PixelBox box = _boxes[image];
        return box.Width == 0 ? distortion with { ShiftX = 0, ShiftY = 0 } : distortion with
        {
            ShiftX = Math.Clamp(distortion.ShiftX, box.Right - _set.Columns, box.Left),
            ShiftY = Math.Clamp(distortion.ShiftY, box.Bottom - _set.Rows, box.Top),
        };
    }

    private void ForEachBlock(Action<int, int> work, CancellationToken cancellation)
    {
        _parallel.CancellationToken = cancellation;
        int blocks = (_set.Count + Block - 1) / Block;
        Parallel.For(0, blocks, _parallel, block => work(block * Block, Math.Min(_set.Count, (block + 1) * Block)));
    }
}
