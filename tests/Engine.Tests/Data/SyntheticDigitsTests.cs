namespace MnistNet.Tests;

public sealed class SyntheticDigitsTests
{
    private static readonly DigitSet Sample = SyntheticDigits.CreateTrain(
        2_000, seed: 1, TestContext.Current.CancellationToken);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_seed_draws_the_same_bytes_on_every_machine()
        => Assert.Equal(
            "cbe14d932c6e02ed8bd1322602d13c5a240e26aed15d1a44a2fd9116b3f32619",
            SyntheticDigits.CreateTrain(1_000, seed: 7, Token).GetFingerprint());

    [Fact]
    public void Another_seed_draws_other_digits()
        => Assert.NotEqual(
            SyntheticDigits.CreateTrain(100, 1, Token).GetFingerprint(),
            SyntheticDigits.CreateTrain(100, 2, Token).GetFingerprint());

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(777)]
    public void A_larger_set_begins_with_the_digits_of_a_smaller_one(int count)
        => Assert.Equal(
            Sample.Take(count).GetFingerprint(), SyntheticDigits.CreateTrain(count, 1, Token).GetFingerprint());

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_number_of_threads_changes_nothing(int threads)
        => Assert.Equal(
            Sample.GetFingerprint(),
            SyntheticDigits.CreateSet("", 2_000, 1, threads: threads, cancellationToken: Token).GetFingerprint());

    [Fact]
    public void Training_and_test_set_share_no_image()
    {
        MnistDataset data = SyntheticDigits.Create(500, 500, 3, Token);
        var seen = new HashSet<string>(Images(data.Train).Select(Convert.ToHexString));
        Assert.DoesNotContain(Images(data.Test), image => seen.Contains(Convert.ToHexString(image)));
    }

    [Fact]
    public void The_dataset_says_what_it_is_and_what_it_was_drawn_from()
    {
        MnistDataset data = SyntheticDigits.Create(20, 10, 42, Token);
        Assert.Equal("synthetic digits (20 train, 10 test)", data.ToString());
        Assert.Equal("synthetic digits train", data.Train.Name);
        Assert.Equal("synthetic digits test", data.Test.Name);
        Assert.Equal("drawn by the module from seed 42", data.Source);
    }

    [Fact]
    public void Each_digit_comes_once_in_every_ten_in_random_order()
    {
        int[] labels = Sample.GetLabels();
        Assert.All(labels.Chunk(10), ten => Assert.Equal(Enumerable.Range(0, 10), ten.Order()));
        Assert.True(labels.Chunk(10).Select(ten => string.Concat(ten)).Distinct().Count() > 190);
    }

    [Fact]
    public void Each_image_is_framed_as_MNIST_frames_it()
        => Assert.All(Images(Sample), image =>
        {
            (double x, double y) = CentreOfMass(image);
            Assert.InRange(x, 13, 15);
            Assert.InRange(y, 13, 15);
            (int width, int height) = Extent(image);
            Assert.InRange(Math.Max(width, height), 17, 20);
            Assert.Equal(255, image.Max());
        });

    [Fact]
    public void Ink_and_grey_levels_are_near_those_of_MNIST()
    {
        byte[][] images = [.. Images(Sample)];
        byte[] pixels = [.. images.SelectMany(image => image)];
        Assert.InRange(pixels.Average(level => level / 255.0), 0.12, 0.145);
        Assert.InRange(pixels.Count(level => level > 0) / (double)pixels.Length, 0.17, 0.21);
        Assert.InRange(pixels.Count(level => level >= 250) / (double)pixels.Count(level => level > 0), 0.3, 0.45);
        Assert.InRange(images.Average(image => Extent(image).Width / (double)Extent(image).Height), 0.7, 0.9);
    }

    [Fact]
    public void A_network_that_has_seen_only_synthetic_digits_reads_nine_of_ten_real_ones()
    {
        string? folder = Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable);
        Assert.SkipUnless(Directory.Exists(folder),
            $"{MnistSourceOptions.FolderVariable} names no folder with MNIST's files.");
        DigitSet real = MnistSource.LoadSplit(new MnistSourceOptions { Path = folder }, DatasetSplit.Test, Token);
        var settings = new TrainingSettings { Optimizer = Optimizer.Adam, BatchSize = 128, Epochs = 3 };
        TrainingResult result = Trainer.Train(
            Network.Create([128]),
            SyntheticDigits.CreateTrain(cancellationToken: Token),
            real,
            settings,
            cancellationToken: Token);
        Assert.True(result.TestAccuracy >= 0.9, $"Only {result.TestAccuracy:P1} of the real digits were read.");
    }

    [Fact]
    public void The_extremes_of_a_style_have_the_same_points_and_the_shares_add_up()
    {
        Assert.Equal(DigitSet.ClassCount, DigitStrokes.Styles.Count);
        Assert.All(DigitStrokes.Styles, styles => Assert.Equal(1, styles.Sum(style => style.Share), 9));
        Assert.All(
            DigitStrokes.Styles.SelectMany(styles => styles),
            style => Assert.All(
                style.Shapes, shape => Assert.Equal(style.Strokes.Sum(stroke => stroke.Length), shape.Length)));
        Assert.All(
            DigitStrokes.Styles.SelectMany(styles => styles),
            style => Assert.All(style.Strokes, stroke => Assert.True(stroke.Length >= 2)));
    }

    [Fact]
    public void No_two_images_are_the_same()
        => Assert.Equal(Sample.Count, Images(Sample).Select(Convert.ToHexString).Distinct().Count());

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-1, 10)]
    [InlineData(10, 0)]
    [InlineData(int.MaxValue, 10)]
    public void A_count_out_of_range_is_refused_before_any_work(int train, int test)
    {
        SettingException error = Assert.Throws<SettingException>(() => SyntheticDigits.Create(train, test, 0, Token));
        Assert.Contains("1 to 2,000,000", error.Message);
    }

    [Fact]
    public void Drawing_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticDigits.Create(cancellationToken: source.Token));
    }

    private static IEnumerable<byte[]> Images(DigitSet set) =>
        Enumerable.Range(0, set.Count).Select(i => set[i].Pixels);

    private static (double X, double Y) CentreOfMass(byte[] image)
    {
        double sum = 0, x = 0, y = 0;
        for (int i = 0; i < image.Length; i++)
        {
            sum += image[i];
            x += image[i] * (i % 28);
            y += image[i] * (i / 28);
        }

        return (x / sum, y / sum);
    }

    private static (int Width, int Height) Extent(byte[] image)
    {
        int[] inked = [.. Enumerable.Range(0, image.Length).Where(i => image[i] > 0)];
        return (inked.Max(i => i % 28) - inked.Min(i => i % 28) + 1, inked.Max(i => i / 28) - inked.Min(i => i / 28)
            + 1);
    }
}
