namespace MnistNet.Pages;

/// <summary>What the page knows of digits: their classes' mean images, and the distance that most of them keep.</summary>
internal static class Distances
{
    private const int PixelCount = 784;

    private static readonly Lazy<(byte[] Means, double Threshold)> s_known = new(Calibrate);

    /// <summary>For digits as a normalised network sees them.</summary>
    public static (byte[] Means, double Threshold) Known => s_known.Value;

    private static (byte[] Means, double Threshold) Calibrate()
    {
        DigitSet digits = Preprocessor.Apply(
            Networks.Digits.Train.Take(5_000), Preprocessing.MomentNormalization);
        var means = new byte[10 * PixelCount];
        foreach (IGrouping<int, int> members in Enumerable.Range(0, digits.Count).GroupBy(i => (int)digits.Labels[i]))
        {
            for (int p = 0; p < PixelCount; p++)
            {
                means[(members.Key * PixelCount) + p] = (byte)Math.Round(
                    members.Average(i => digits.Pixels[(i * PixelCount) + p]));
            }
        }

        double[] distances = [.. Enumerable.Range(0, digits.Count).Select(i => Distance(digits, i, means)).Order()];
        return (means, distances[(int)(0.99 * distances.Length)]);
    }

    private static double Distance(DigitSet digits, int i, byte[] means)
        => Math.Sqrt(Enumerable.Range(0, 10).Min(k => Enumerable.Range(0, PixelCount).Sum(p =>
            Math.Pow((digits.Pixels[(i * PixelCount) + p] / 255.0) - means[(k * PixelCount) + p], 2))));
}
