namespace MnistNet.Tests;

/// <summary>
/// Draws digits of a set as people photograph theirs: anywhere, of any size, in any colours, on tinted paper in uneven
/// light.
/// </summary>
internal static class DigitDrawing
{
    /// <summary>How many ways there are to draw a digit.</summary>
    public const int Variants = 10;

    /// <summary>
    /// Draws a digit; every second way has light ink, the first two are black and white, from the fifth on the light is
    /// uneven.
    /// </summary>
    public static ColorImage Draw(Digit digit, int variant)
    {
        var random = new Random((digit.Index * Variants) + variant);
        int width = random.Next(110, 300), height = random.Next(110, 300);
        int side = random.Next(
            80, Math.Min(width, height) - 9), left = random.Next(width - side), top = random.Next(height - side);
        bool colored = variant >= 2;
        double[] paper = Colors(colored ? 185 : 255, 255), ink = Colors(0, colored ? 90 : 0);
        double grain = colored ? 2 + (8 * random.NextDouble()) : 0;
        double angle = random.NextDouble() * 2 * Math.PI, fall = variant >= 4 ? 0.1 + (0.35 * random.NextDouble()) : 0;
        var image = new ColorImage(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double covered = At(digit, (x - left + 0.5) * 28 / side - 0.5, (y - top + 0.5) * 28 / side - 0.5) / 255;
                double across =
                    (Math.Cos(angle) * ((double)x / width - 0.5)) + (Math.Sin(angle) * ((double)y / height - 0.5));
                double light = 1 - (fall * (across + 0.7) / 1.4);
                for (int c = 0; c < 3; c++)
                {
                    double level = ((paper[c] * (1 - covered)) + (ink[c] * covered)) * light;
                    level = (variant % 2 == 1 ? 255 - level : level) + (grain > 0 ? grain * Normal(random) : 0);
                    image.Rgb[(3 * ((y * width) + x)) + c] = (byte)Math.Clamp(level + 0.5, 0, 255);
                }
            }
        }

        return image;

        double[] Colors(double from, double to) =>
        [
            .. Enumerable.Range(0, 3).Select(_ => from + ((to - from) * random.NextDouble())),
        ];
    }

    /// <summary>Nearly normal, of variance 1: the sum of four.</summary>
    private static double Normal(Random random)
        => (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * Math.Sqrt(3);

    /// <summary>Between pixels, bilinear.</summary>
    private static double At(Digit digit, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double right = x - left, bottom = y - top;
        return ((1 - bottom) * (((1 - right) * Pixel(left, top)) + (right * Pixel(left + 1, top))))
            + (bottom * (((1 - right) * Pixel(left, top + 1)) + (right * Pixel(left + 1, top + 1))));

        double Pixel(int px, int py) =>
            (uint)px < digit.Columns && (uint)py < digit.Rows ? digit.Pixels[(py * digit.Columns) + px] : 0;
    }
}
