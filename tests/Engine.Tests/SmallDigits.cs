namespace MnistNet.Tests;

/// <summary>
/// A few made-up digits that can be learned: a bar whose place tells the label, with noise around it.
/// </summary>
internal static class SmallDigits
{
    internal static DigitSet Make(int count, int seed = 0)
    {
        var random = new SeededRandom(seed, RandomPurpose.Synthesis);
        var pixels = new byte[count * 784];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % 10);
            for (int p = 0; p < 60; p++)
            {
                pixels[(i * 784) + random.Next(784)] = (byte)random.Next(256);
            }

            for (int p = 0; p < 20; p++)
            {
                pixels[(i * 784) + (labels[i] * 60) + 90 + p] = (byte)(200 + random.Next(56));
            }
        }

        return new DigitSet("small digits", pixels, labels);
    }
}
