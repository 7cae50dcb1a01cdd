using MnistNet.Kernels;

namespace MnistNet.Tests;

/// <summary>Every batch finds room for the gradients of its blocks, the last and smaller one of an epoch too.</summary>
public sealed class BatchBlocksTests
{
    [Fact]
    public void No_batch_up_to_the_largest_has_more_blocks_than_there_is_room_for()
    {
        // The largest count of blocks of any batch so far: the last batch of an epoch may be of any size below the
        // batch size, so this goes through every number of images with every batch size.
        int most = 0;
        for (int batch = 1; batch <= 200_000; batch++)
        {
            most = Math.Max(most, BatchBlocks.Count(batch));
            Assert.True(most <= BatchBlocks.MostUpTo(batch),
                $"Batches of up to {batch}: {most} blocks, room for {BatchBlocks.MostUpTo(batch)}.");
        }
    }

    [Fact]
    public void Blocks_cover_a_batch_and_none_is_empty()
    {
        for (int images = 1; images <= 70_000; images++)
        {
            int size = BatchBlocks.Size(images), count = BatchBlocks.Count(images);
            Assert.True(((count - 1) * size) < images && images <= count * size,
                $"{images} images: {count} blocks of {size}.");
        }
    }

    [Theory]
    [InlineData(60_000, 2017)]
    [InlineData(60_000, 1539)]
    [InlineData(60_000, 1825)]
    [InlineData(60_000, 1876)]
    [InlineData(60_000, 2162)]
    public void Batch_sizes_whose_last_batch_has_more_blocks_than_a_full_one_can_be_trained_with(
        int images, int batchSize)
    {
        DigitSet digits = SmallBatch.Digits(images, seed: 1, rows: 1, columns: 2);
        Network start = Network.Create([10], inputs: digits.PixelCount);

        TrainingResult result = Trainer.Train(start, digits, null, new() { BatchSize = batchSize, Epochs = 1 });

        Assert.Equal(StopReason.Completed, result.StopReason);
    }

    [Fact]
    public void So_can_random_batch_sizes_of_random_numbers_of_images()
    {
        int seed = KernelCase.FirstSeed;
        var random = new Random(seed);
        DigitSet digits = SmallBatch.Digits(6000, seed, rows: 1, columns: 2);
        for (int run = 0; run < 200; run++)
        {
            DigitSet some = digits.Take(1 + random.Next(digits.Count));
            int batchSize = 1 + random.Next(some.Count);
            int hidden = random.Next(3) == 0 ? 40 : 10;
            var settings = new TrainingSettings { BatchSize = batchSize, Epochs = 1, Threads = 1 + random.Next(3) };
            Exception? failure = Record.Exception(
                () => Trainer.Train(Network.Create([hidden], inputs: 2), some, null, settings));

            Assert.True(failure is null,
                $"seed {seed}: {some.Count} images in batches of {batchSize}, {hidden} units: {failure}");
        }
    }
}
