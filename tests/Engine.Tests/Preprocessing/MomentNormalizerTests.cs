using System.IO.Compression;
using System.Security.Cryptography;

namespace MnistNet.Tests;

public sealed class MomentNormalizerTests
{
    [Fact]
    public void A_thousand_images_come_out_as_NumPy_computes_them_in_float64_to_one_grey_level()
    {
        // tests/oracles/moment_normalization.py made it.
        (byte[][] images, byte[][] expected) = ReadOracle();
        int worst = 0, off = 0;
        for (int i = 0; i < images.Length; i++)
        {
            byte[] found = Resample(images[i], 28, 28);
            for (int p = 0; p < found.Length; p++)
            {
                int difference = Math.Abs(found[p] - expected[i][p]);
                worst = Math.Max(worst, difference);
                off += difference;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest difference {worst}; {off:N0} of 784,000 differ");
        Assert.True(worst <= 1, $"A grey level differs by {worst} from NumPy's.");
        Assert.True(off < 784, $"{off:N0} levels differ from NumPy's; rounding moves fewer than one in a thousand.");
    }

    [Fact]
    public void The_bits_are_those_of_every_other_machine()
    {
        (byte[][] images, _) = ReadOracle();
        byte[] all = [.. images.SelectMany(image => Normalize(image))];
        Assert.Equal(
            "f851f711c9792a11e279a767f2ceac4106daa9d85976f55850adeb4bccd9f5ed",
            Convert.ToHexStringLower(SHA256.HashData(all)));
    }

    [Fact]
    public void A_digit_comes_out_in_the_middle_upright_and_of_one_height()
    {
        (byte[][] images, _) = ReadOracle();
        foreach (byte[] image in images.Skip(10))
        {
            var before = ImageMoments.Of(image, 28, 28);
            var after = ImageMoments.Of(Resample(image, 28, 28), 28, 28);
            double height = Math.Sqrt(before.VarianceY);
            if (height is < 3.2 or > 7.8 || Math.Sqrt(before.VarianceX) > 7)
            {
                // Its scale is at a limit, or it reaches beyond the edge.
                continue;
            }

            Assert.Equal(13.5, after.CentreX, 0.3);
            Assert.Equal(13.5, after.CentreY, 0.3);
            Assert.Equal(0, after.Covariance / after.VarianceY, 0.05);
            Assert.Equal(5, Math.Sqrt(after.VarianceY), 0.25);
        }
    }

    [Theory]
    [InlineData(28, 28)]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(3, 200)]
    [InlineData(57, 8)]
    public void A_blank_image_stays_blank(int rows, int columns)
        => Assert.All(Normalize(new byte[rows * columns], rows, columns), level => Assert.Equal(0, level));

    [Fact]
    public void A_single_pixel_becomes_a_dot_in_the_middle_wherever_it_was()
    {
        foreach (int place in Enumerable.Range(0, 784))
        {
            var image = new byte[784];
            image[place] = 255;
            byte[] dot = Normalize(image);
            Assert.All(Enumerable.Range(0, 784).Where(p => dot[p] > 0), p =>
            {
                Assert.InRange(p % 28, 12, 15);
                Assert.InRange(p / 28, 12, 15);
            });
            Assert.True(dot.Max() > 100);
        }
    }

    [Fact]
    public void An_image_full_of_ink_stays_a_block_of_full_ink()
    {
        byte[] block = Normalize([.. Enumerable.Repeat((byte)255, 784)]);
        Assert.Equal(255, block[(14 * 28) + 14]);
        Assert.Equal(0, block[0]);
    }

    [Fact]
    public void Images_of_other_sizes_are_normalised_in_proportion()
    {
        (byte[][] images, _) = ReadOracle();
        foreach (byte[] image in images.Skip(10).Take(50))
        {
            var large = new byte[56 * 56];
            for (int p = 0; p < large.Length; p++)
            {
                large[p] = image[(p / 56 / 2 * 28) + (p % 56 / 2)];
            }

            var small = ImageMoments.Of(Resample(image, 28, 28), 28, 28);
            var twice = ImageMoments.Of(Resample(large, 56, 56), 56, 56);
            Assert.Equal((2 * small.CentreX) + 0.5, twice.CentreX, 0.2);
            Assert.Equal((2 * small.CentreY) + 0.5, twice.CentreY, 0.2);
            Assert.Equal(2, Math.Sqrt(twice.VarianceY / small.VarianceY), 0.2);
        }
    }

    [Fact]
    public void Any_image_of_any_size_has_a_result()
    {
        var random = new Random(3);
        for (int turn = 0; turn < 3000; turn++)
        {
            int rows = random.Next(1, 60), columns = random.Next(1, 60);
            var image = new byte[rows * columns];
            random.NextBytes(image);
            int ink = random.Next(3) == 0 ? image.Length : random.Next(4);
            image.AsSpan(Math.Min(ink, image.Length)).Clear();
            random.Shuffle(image);
            bool isBlank = image.All(level => level == 0);
            Assert.Equal(image.Length, Resample(image, rows, columns).Length);
            Assert.True(!isBlank || Resample(image, rows, columns).All(level => level == 0));
        }
    }

    [Fact]
    public void A_faint_mark_far_from_a_straight_line_slants_it_as_far_as_it_will()
    {
        // The steepest slant there is: nearly all of the ink in one row of a wide image.
        var image = new byte[2 * 20_000];
        image.AsSpan(0, 20_000).Fill(255);
        image[39_999] = 1;
        Assert.Equal(40_000, Normalize(image, 2, 20_000).Length);
    }

    [Fact]
    public void Faint_levels_become_zero_and_the_others_stay()
    {
        (byte[][] images, _) = ReadOracle();
        foreach (byte[] image in images)
        {
            byte[] expected = Array.ConvertAll(Resample(image, 28, 28), level => level <= 16 ? (byte)0 : level);
            Assert.Equal(expected, Normalize(image));
        }
    }

    [Fact]
    public void A_set_is_normalised_once_and_keeps_its_labels_and_indexes()
    {
        DigitSet digits = SmallDigits.Make(2000).Select([.. Enumerable.Range(0, 1500).Select(i => 1999 - i)]);
        DigitSet normalised = Preprocessor.Apply(digits, Preprocessing.MomentNormalization);

        Assert.Same(normalised, Preprocessor.Apply(digits, Preprocessing.MomentNormalization));
        Assert.Same(digits, Preprocessor.Apply(digits, Preprocessing.None));
        Assert.Equal(digits.Name, normalised.Name);
        Assert.Equal(digits.GetLabels(), normalised.GetLabels());
        Assert.Equal(1999, normalised[0].Index);
        Assert.All(new[] { 0, 511, 512, 1499 }, i => Assert.Equal(Normalize(digits[i].Pixels), normalised[i].Pixels));
    }

    private static byte[] Normalize(byte[] image, int rows = 28, int columns = 28)
    {
        var target = new byte[image.Length];
        new MomentNormalizer(rows, columns).Apply(image, target);
        return target;
    }

    private static byte[] Resample(byte[] image, int rows, int columns)
    {
        var target = new byte[image.Length];
        new MomentNormalizer(rows, columns, faintest: 0).Apply(image, target);
        return target;
    }

    private static (byte[][] Images, byte[][] Expected) ReadOracle()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "oracles", "moment_normalization.gz");
        using var content = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        byte[][] images = [.. memory.ToArray().Chunk(784)];
        return (images[..1000], images[1000..]);
    }
}
