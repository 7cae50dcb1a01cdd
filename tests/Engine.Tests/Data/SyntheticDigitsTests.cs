namespace MnistNet.Tests;

public sealed class SyntheticDigitsTests
{
    private static readonly DigitSet Sample = SyntheticDigits.CreateTrain(2_000, seed: 1, TestContext.Current.CancellationToken);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_seed_draws_the_same_bytes_on_every_machine()
        => Assert.Equal("0be069746beeb464bf23b86ca484048461cd84af3a9c30012e18593807ccd443", SyntheticDigits.CreateTrain(1_000, seed: 7, Token).GetFingerprint());

    [Fact]
    public void Another_seed_draws_other_digits()
        => Assert.NotEqual(SyntheticDigits.CreateTrain(100, 1, Token).GetFingerprint(), SyntheticDigits.CreateTrain(100, 2, Token).GetFingerprint());

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(777)]
    public void A_larger_set_begins_with_the_digits_of_a_smaller_one(int count)
        => Assert.Equal(Sample.Take(count).GetFingerprint(), SyntheticDigits.CreateTrain(count, 1, Token).GetFingerprint());

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_number_of_threads_changes_nothing(int threads)
        => Assert.Equal(Sample.GetFingerprint(), SyntheticDigits.CreateSet("", 2_000, 1, threads: threads, cancellationToken: Token).GetFingerprint());

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

    private static IEnumerable<byte[]> Images(DigitSet set) => Enumerable.Range(0, set.Count).Select(i => set[i].Pixels);

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
        return (inked.Max(i => i % 28) - inked.Min(i => i % 28) + 1, inked.Max(i => i / 28) - inked.Min(i => i / 28) + 1);
    }
}
