using System.Globalization;

namespace MnistNet;

/// <summary>
/// Digits drawn by the module itself, for when there is no data and no way to fetch any. A network that has seen only
/// these reads most of MNIST's real digits.
/// </summary>
/// <remarks>
/// The same seed draws the same bytes on every machine: each image has a random stream of its own, so neither the
/// number of threads nor the number of images changes any of them, and only +, −, ×, ÷ and √ are used, which IEEE 754
/// defines to the bit.
/// </remarks>
public static class SyntheticDigits
{
    /// <summary>The most images of a set: their pixels must fit into one array.</summary>
    private const int MaximumCount = 2_000_000;

    private const string Source = "drawn by the module from seed ";

    /// <summary>The images that one thread draws at a time; also how soon a cancellation is seen.</summary>
    private const int BlockSize = 250;

    /// <summary>
    /// Where the test set begins in the endless series of images of a seed, so that it shares none with the training
    /// set.
    /// </summary>
    private const long FirstTestImage = 1L << 40;

    /// <summary>Draws a training set and a test set.</summary>
    /// <param name="trainCount">The number of training images, 1 to 2,000,000.</param>
    /// <param name="testCount">The number of test images, 1 to 2,000,000.</param>
    /// <param name="seed">Decides every image. A larger set of the same seed begins with the images of a smaller
    /// one.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>28×28 images with labels: each of the ten digits once in every ten images, in random order.</returns>
    /// <exception cref="SettingException">A count is out of its range.</exception>
    public static MnistDataset Create(
        int trainCount = 60_000, int testCount = 10_000, int seed = 0, CancellationToken cancellationToken = default)
    {
        RequireCount(trainCount);
        RequireCount(testCount);
        return new MnistDataset(
            "synthetic digits",
            CreateTrain(trainCount, seed, cancellationToken),
            CreateTest(testCount, seed, cancellationToken),
            string.Create(CultureInfo.InvariantCulture, $"{Source}{seed}"));
    }

    /// <summary>The seed that a dataset was drawn from; null for one that was not drawn.</summary>
    internal static int? SeedOf(MnistDataset dataset)
        => dataset.Source.StartsWith(Source, StringComparison.Ordinal)
            && int.TryParse(dataset.Source[Source.Length..], CultureInfo.InvariantCulture, out int seed) ? seed : null;

    /// <summary>Draws the training set alone.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static DigitSet CreateTrain(int count = 60_000, int seed = 0, CancellationToken cancellationToken = default)
        => CreateSet("synthetic digits train", count, seed, 0, null, cancellationToken);

    /// <summary>Draws the test set alone.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static DigitSet CreateTest(int count = 10_000, int seed = 0, CancellationToken cancellationToken = default)
        => CreateSet("synthetic digits test", count, seed, FirstTestImage, null, cancellationToken);

    /// <summary>Draws a stretch of the endless series of images that belongs to a seed.</summary>
    /// <param name="name">What to call the set.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="seed">Decides every image.</param>
    /// <param name="first">The number of the first image in the series, a multiple of ten.</param>
    /// <param name="threads">The number of threads; null means one a processor. It never changes a result.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static DigitSet CreateSet(
        string name,
        int count,
        int seed,
        long first = 0,
        int? threads = null,
        CancellationToken cancellationToken = default)
    {
        RequireCount(count);
        var pixels = new byte[count * DigitFraming.PixelCount];
        byte[] labels = CreateLabels(count, seed, first);
        var options = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount,
        };
        Parallel.For(0, (count + BlockSize - 1) / BlockSize, options, () => new DigitPen(), (block, _, pen) =>
        {
            for (int i = block * BlockSize; i < Math.Min(count, (block + 1) * BlockSize); i++)
            {
                var random = new SeededRandom(seed, RandomPurpose.Synthesis, first + i);
                pen.Draw(labels[i], random, pixels.AsSpan(i * DigitFraming.PixelCount, DigitFraming.PixelCount));
            }

            return pen;
        }, _ => { });
        return new DigitSet(name, pixels, labels, DigitFraming.Side, DigitFraming.Side);
    }

    /// <summary>
    /// Every ten images are the ten digits in an order of their own, drawn from streams of negative index.
    /// </summary>
    private static byte[] CreateLabels(int count, int seed, long first)
    {
        var labels = new byte[count];
        Span<byte> ten = stackalloc byte[DigitSet.ClassCount];
        for (int start = 0; start < count; start += ten.Length)
        {
            for (int digit = 0; digit < ten.Length; digit++)
            {
                ten[digit] = (byte)digit;
            }

            new SeededRandom(seed, RandomPurpose.Synthesis, -1 - ((first + start) / ten.Length)).Shuffle(ten);
            ten[..Math.Min(ten.Length, count - start)].CopyTo(labels.AsSpan(start));
        }

        return labels;
    }

    private static void RequireCount(int count)
    {
        if (count is < 1 or > MaximumCount)
        {
            throw new SettingException(
                "Count",
                string.Create(CultureInfo.InvariantCulture,
                    $"Cannot draw {count:N0} digits: Count must be 1 to {MaximumCount:N0}."));
        }
    }
}
