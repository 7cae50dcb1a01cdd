namespace MnistNet.Tests;

public sealed class DigitFinderTests
{
    // Ten digits that the module draws itself, one of each class: the test needs no data.
    private static readonly DigitSet s_ten = SyntheticDigits.CreateTest(10, seed: 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_digit_drawn_anywhere_comes_back_nearly_as_it_was(int variant)
    {
        for (int i = 0; i < s_ten.Count; i++)
        {
            byte[] found = Assert.Single(Find(DigitDrawing.Draw(s_ten[i], variant)));
            Assert.InRange(Likeness(s_ten[i].Pixels, found), 0.85, 1);
        }
    }

    [Fact]
    public void A_digit_of_28_by_28_comes_back_as_it_was()
    {
        for (int i = 0; i < s_ten.Count; i++)
        {
            byte[] found = Assert.Single(
                DigitFinder.Find(new GreyImage(28, 28, s_ten[i].Pixels), Ink.Auto, false, "test", _ => { }));
            Assert.InRange(Likeness(s_ten[i].Pixels, found), 0.85, 1);
        }
    }

    [Fact]
    public void A_shadow_across_the_digit_changes_nothing_much()
    {
        ColorImage plain = DigitDrawing.Draw(s_ten[0], 0), shadowed = DigitDrawing.Draw(s_ten[0], 0);
        for (int i = 0; i < shadowed.Rgb.Length; i++)
        {
            // Half of the sheet lies in a shadow with an edge of some pixels.
            double light = Math.Clamp((shadowed.Width / 2.0 - (i / 3 % shadowed.Width)) / 12, 0, 1);
            shadowed.Rgb[i] = (byte)(shadowed.Rgb[i] * (0.5 + (0.5 * light)));
        }

        Assert.InRange(Likeness(Find(plain)[0], Find(shadowed)[0]), 0.9, 1);
    }

    [Fact]
    public void The_side_that_is_ink_can_be_told()
    {
        ColorImage dark = DigitDrawing.Draw(s_ten[0], 0);

        Assert.Equal(Find(dark)[0], DigitFinder.Find(Grey(dark), Ink.Dark, false, "test", _ => { })[0]);
        Assert.Throws<DataFormatException>(() => DigitFinder.Find(Grey(dark), Ink.Light, false, "test", _ => { }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void Where_there_is_no_ink_the_message_says_so(byte level)
    {
        var image = new ColorImage(90, 70);
        image.Rgb.AsSpan().Fill(level);

        Assert.Equal("NoInk", Assert.Throws<DataFormatException>(() => Find(image)).ErrorId);
    }

    [Fact]
    public void The_grain_of_blank_paper_is_no_ink()
    {
        var image = new ColorImage(200, 150);
        var random = new Random(1);
        for (int i = 0; i < image.Rgb.Length; i++)
        {
            image.Rgb[i] = (byte)(200 + random.Next(-12, 13));
        }

        Assert.Equal("NoInk", Assert.Throws<DataFormatException>(() => Find(image)).ErrorId);
    }

    [Fact]
    public void Two_digits_where_one_is_expected_are_counted_in_the_message()
    {
        DataFormatException error =
            Assert.Throws<DataFormatException>(() => DigitFinder.Find(Line(3, 5), Ink.Auto, false, "test", _ => { }));

        Assert.Equal("SeveralDigits", error.ErrorId);
        Assert.Contains("2 digits", error.Message, StringComparison.Ordinal);
        Assert.Contains("`Multiple`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digits_of_a_line_come_from_left_to_right()
    {
        int[] labels = [4, 0, 1, 7, 7, 2, 9, 8, 3];

        IReadOnlyList<byte[]> found = DigitFinder.Find(Line(labels), Ink.Auto, true, "test", _ => { });

        Assert.Equal(labels.Length, found.Count);
        Assert.All(labels, (label, i) => Assert.InRange(Likeness(OfLabel(label).Pixels, found[i]), 0.85, 1));
    }

    [Fact]
    public void Lines_come_from_top_to_bottom()
    {
        GreyImage page = Below(Line(1, 2, 3), Line(4, 5, 6));

        IReadOnlyList<byte[]> found = DigitFinder.Find(page, Ink.Auto, true, "test", _ => { });

        Assert.Equal(6, found.Count);
        Assert.All(found, (digit, i) => Assert.InRange(Likeness(OfLabel(i + 1).Pixels, digit), 0.85, 1));
    }

    [Fact]
    public void Lines_of_small_and_of_large_digits_are_read_alike()
    {
        GreyImage small = Line(1, 2, 3), large = new GreyImage(
            small.Width / 4, small.Height / 4, [.. Resampling.Shrink(Line(4, 5, 6), 4).Levels]).Enlarge(9);
        var page = new GreyImage(
            large.Width, small.Height + large.Height, new byte[large.Width * (small.Height + large.Height)]);
        page.Levels.AsSpan().Fill(255);
        for (int y = 0; y < small.Height; y++)
        {
            small.Row(y).CopyTo(page.Row(y));
        }

        large.Levels.CopyTo(page.Levels.AsSpan(small.Height * large.Width));

        Assert.Equal(6, DigitFinder.Find(page, Ink.Auto, true, "test", _ => { }).Count);
    }

    [Fact]
    public void A_bar_above_and_a_broken_stroke_belong_to_their_digit_and_dots_and_dashes_to_none()
    {
        // A five whose bar stands apart, a one broken in its middle, a dash and a dot.
        var image = Paper(400, 200);
        Fill(image, 40, 40, 60, 8);
        Fill(image, 40, 60, 8, 40);
        Fill(image, 40, 100, 50, 8);
        Fill(image, 84, 100, 8, 50);
        Fill(image, 40, 150, 50, 8);
        Fill(image, 180, 40, 8, 50);
        Fill(image, 180, 102, 8, 56);
        Fill(image, 240, 96, 30, 8);
        Fill(image, 320, 150, 8, 8);

        Assert.Equal(2, DigitFinder.Find(image, Ink.Auto, true, "test", _ => { }).Count);
    }

    [Fact]
    public void A_speck_far_from_the_digit_does_not_move_it()
    {
        GreyImage clean = Line(6), dirty = Line(6);
        Fill(dirty, 3, 3, 2, 2);

        byte[] expected = DigitFinder.Find(
            clean, Ink.Auto, false, "", _ => { })[0], found = DigitFinder.Find(dirty, Ink.Auto, false, "", _ => { })[0];
        Assert.InRange(Correlation(expected, found), 0.999, 1);
    }

    [Fact]
    public void What_was_decided_is_told()
    {
        var told = new List<string>();

        DigitFinder.Find(Line(3, 5), Ink.Auto, true, "test", told.Add);

        Assert.Contains(told, text => text.Contains("dark on light, told from the border", StringComparison.Ordinal));
        Assert.Equal(2, told.Count(text => text.StartsWith("a digit of 1 stroke", StringComparison.Ordinal)));
    }

    private static IReadOnlyList<byte[]> Find(ColorImage image) =>
        DigitFinder.Find(Grey(image), Ink.Auto, false, "test", _ => { });

    private static GreyImage Grey(ColorImage image) => ImageFile.Read(new MemoryStream(image.ToPng()), "test");

    private static Digit OfLabel(int label) =>
        Enumerable.Range(0, 10).Select(i => s_ten[i]).Single(digit => digit.Label == label);

    /// <summary>Digits as dark ink on light paper, three times as large, side by side.</summary>
    private static GreyImage Line(params int[] labels)
    {
        GreyImage[] digits = [.. labels.Select(label => new GreyImage(28, 28, OfLabel(label).Pixels))];
        return GreyImage.Sheet(digits, digits.Length).Enlarge(4).Invert();
    }

    private static GreyImage Below(GreyImage upper, GreyImage lower)
        => new(upper.Width, upper.Height + lower.Height, [.. upper.Levels, .. lower.Levels]);

    private static GreyImage Paper(int width, int height)
    {
        var image = new GreyImage(width, height, new byte[width * height]);
        image.Levels.AsSpan().Fill(230);
        return image;
    }

    private static void Fill(GreyImage image, int left, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
        {
            image.Row(y).Slice(left, width).Fill(20);
        }
    }

    /// <summary>
    /// The correlation of two images, 1 for equal ones, at the best of nine places: the centre of mass may come to lie
    /// in the next pixel.
    /// </summary>
    private static double Likeness(byte[] a, byte[] b)
        => (from x in Enumerable.Range(-1, 3)
            from y in Enumerable.Range(-1, 3)
            select Correlation(a, Moved(b, x, y))).Max();

    private static byte[] Moved(byte[] image, int right, int down)
        =>
        [
            .. Enumerable.Range(0, 784).Select(
                i => (i % 28) - right is int x and >= 0 and < 28 && (i / 28) - down is int y and >= 0 and < 28
                    ? image[(28 * y) + x] : (byte)0),
        ];

    private static double Correlation(byte[] a, byte[] b)
        => MathNet.Numerics.Statistics.Correlation.Pearson(
            a.Select(level => (double)level), b.Select(level => (double)level));
}
