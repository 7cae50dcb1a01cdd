namespace MnistNet.Kernels;

/// <summary>
/// How a batch is cut into blocks of images, each with a gradient of its own. It depends on the number of images alone,
/// never on the number of threads, so that a sum over blocks has one order.
/// </summary>
internal static class BatchBlocks
{
    // Adding up more gradients than this would take longer than it saves; smaller blocks would not pay for their
    // gradient.
    private const int MostBlocks = 48, SmallestBlock = 32;

    /// <summary>The number of images of a block; the last block of a batch may have fewer.</summary>
    public static int Size(int images) => Math.Max(SmallestBlock, CeilingOfQuotient(images, MostBlocks));

    /// <summary>The number of images of a block that is to be a whole number of units.</summary>
    public static int SizeOfWhole(int images, int unit) => CeilingOfQuotient(Size(images), unit) * unit;

    /// <summary>The number of blocks of a batch.</summary>
    public static int Count(int images) => CeilingOfQuotient(images, Size(images));

    /// <summary>
    /// The number of blocks for which to make room: no batch of at most this many images has more. It is not the count
    /// of the largest batch, because a smaller one can have more blocks: 2,017 images make 47 blocks of 43, and 1,536
    /// make 48 of 32.
    /// </summary>
    public static int MostUpTo(int largestBatch) =>
        Math.Min(MostBlocks, CeilingOfQuotient(largestBatch, SmallestBlock));

    private static int CeilingOfQuotient(int number, int divisor) => (number + divisor - 1) / divisor;
}
