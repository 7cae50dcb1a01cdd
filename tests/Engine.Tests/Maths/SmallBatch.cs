namespace MnistNet.Tests;

/// <summary>Small networks and labelled images for the tests of the mathematics.</summary>
internal static class SmallBatch
{
    /// <summary>
    /// Labelled images of random grey levels from a seed, of which a share is ink and the others are 0.
    /// </summary>
    public static DigitSet Digits(int count, int seed, int rows = 4, int columns = 5, double ink = 0.5)
    {
        var random = new Random(seed);
        var pixels = new byte[count * rows * columns];
        var labels = new byte[count];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(random.NextDouble() < ink ? random.Next(256) : 0);
        }

        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)random.Next(10);
        }

        return new DigitSet("small", pixels, labels, rows, columns);
    }

    /// <summary>
    /// A network on these images, with biases that are not 0 so that every term of the formulas matters.
    /// </summary>
    public static Network Network(DigitSet digits, int[] hidden, Activation activation, int seed)
        => MnistNet.Network.Create(hidden, activation, Initializer.Uniform, seed, digits.PixelCount);

    /// <summary>
    /// The Euclidean length of the difference of two lists of matrices, relative to the length of the second.
    /// </summary>
    public static double RelativeDifference(IEnumerable<Matrix> found, IEnumerable<Matrix> expected)
    {
        double difference = 0, size = 0;
        foreach ((Matrix a, Matrix b) in found.Zip(expected))
        {
            difference += Math.Pow((a - b).Norm(), 2);
            size += Math.Pow(b.Norm(), 2);
        }

        return Math.Sqrt(difference / size);
    }
}
