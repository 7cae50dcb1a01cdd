namespace MnistNet;

/// <summary>
/// The order in which an epoch goes through the images. It follows from the seed and the number of the epoch alone.
/// </summary>
internal static class ImageOrder
{
    /// <summary>Fills in the order of an epoch.</summary>
    /// <param name="order">As long as there are images; takes their positions.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The number of the epoch, counted from 0.</param>
    internal static void Shuffle(int[] order, int seed, int epoch)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        new SeededRandom(seed, RandomPurpose.Shuffle, epoch).Shuffle<int>(order);
    }
}
