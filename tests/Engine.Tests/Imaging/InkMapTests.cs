namespace MnistNet.Tests;

public sealed class InkMapTests
{
    private const int Side = 96;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void A_stroke_on_white_is_found_whole_however_broad_and_however_black_it_is(byte black)
    {
        // A ring with soft edges, as paint programs draw them; black on black paper would look like ink on paper.
        for (double width = 3; width <= 24; width += 0.5)
        {
            GreyImage picture = Ring(30, width, black);
            InkMap map = InkMap.Of(picture);

            byte[] expected = Array.ConvertAll(picture.Levels, level => (byte)(255 - level));
            Assert.All(expected.Zip(map.Contrast), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        }
    }

    private static GreyImage Ring(double radius, double width, byte black)
    {
        var image = new GreyImage(Side, Side, new byte[Side * Side]);
        for (int i = 0; i < image.Levels.Length; i++)
        {
            double x = (i % Side) - (Side / 2.0) + 0.5, y = (i / Side) - (Side / 2.0) + 0.5;
            double inside = (width / 2) - Math.Abs(Math.Sqrt((x * x) + (y * y)) - radius);
            image.Levels[i] = (byte)(255 - ((255 - black) * Math.Clamp(inside + 0.5, 0, 1)));
        }

        return image;
    }
}
