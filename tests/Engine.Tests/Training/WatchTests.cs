namespace MnistNet.Tests;

public sealed class WatchTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void Watching_changes_no_bit_and_sees_the_parameters_as_they_are(int? batchSize)
    {
        DigitSet digits = SyntheticDigits.CreateTrain(100, seed: 1);
        Network network = Network.Create([10], seed: 1);
        var settings = new TrainingSettings { BatchSize = batchSize, Iterations = 20 };
        var seen = new List<IReadOnlyList<Matrix>>();
        TrainingResult watched = Trainer.Train(
            network, digits, null, settings, null, null, (_, parameters)
                => seen.Add(parameters()), CancellationToken.None);
        TrainingResult alone = Trainer.Train(network, digits, null, settings);
        Assert.All(
            watched.Network.Parameters.Zip(alone.Network.Parameters),
            pair => Assert.Equal(pair.Second.ToArray(), pair.First.ToArray()));
        Assert.Equal(watched.History.Count, seen.Count);
        Assert.Equal(watched.Network["W1"]!.ToArray(), seen[^1][0].ToArray());
    }
}
