namespace MnistNet.Tests;

public sealed class DigitFramingTests
{
    [Fact]
    public void Ink_of_any_size_fills_the_box_of_20_by_20()
    {
        byte[] image = Frame(400, 300, (x, y) => x is >= 100 and < 150 && y is >= 50 and < 250 ? 0.5f : 0);
        Assert.Equal(20 * 5, image.Count(level => level > 0));
        Assert.All(
            Enumerable.Range(4, 20),
            row => Assert.Equal(5, image.Skip(row * 28).Take(28).Count(level => level == 255)));
    }

    [Fact]
    public void Small_ink_is_enlarged()
    {
        byte[] image = Frame(3, 3, (x, y) => x == 1 && y == 1 ? 1 : 0);
        Assert.Equal(400, image.Count(level => level == 255));
    }

    [Fact]
    public void The_centre_of_mass_comes_to_lie_in_pixel_14()
    {
        // A triangle is heavier at its foot, so that its box lies above the middle.
        byte[] image = Frame(100, 100, (x, y) => x < y ? 1 : 0);
        double sum = image.Sum(level => (double)level);
        Assert.InRange(Enumerable.Range(0, 784).Sum(i => image[i] * (i % 28)) / sum, 13.5, 14.5);
        Assert.InRange(Enumerable.Range(0, 784).Sum(i => image[i] * (i / 28)) / sum, 13.5, 14.5);
    }

    [Fact]
    public void Ink_heavy_at_one_end_stays_inside_the_image()
    {
        byte[] image = Frame(200, 200, (x, y) => y >= 198 || (x == 0) ? (y >= 198 ? 1 : 0.001f) : 0);
        Assert.True(image.Count(level => level > 0) >= 20);
    }

    [Fact]
    public void An_image_without_ink_stays_empty()
    {
        var image = new byte[784];
        image.AsSpan().Fill(9);
        Assert.False(DigitFraming.TryFrame(new float[50], 5, 10, image));
        Assert.All(image, level => Assert.Equal(0, level));
    }

    private static byte[] Frame(int rows, int columns, Func<int, int, float> ink)
    {
        var canvas = new float[rows * columns];
        for (int i = 0; i < canvas.Length; i++)
        {
            canvas[i] = ink(i % columns, i / columns);
        }

        var image = new byte[784];
        Assert.True(DigitFraming.TryFrame(canvas, rows, columns, image));
        return image;
    }
}
