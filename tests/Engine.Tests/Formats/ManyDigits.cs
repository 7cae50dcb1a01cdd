namespace MnistNet.Tests;

/// <summary>10,000 digits, and networks that know them somewhat: for other programs to agree about.</summary>
internal static class ManyDigits
{
    private static readonly Lazy<DigitSet> s_test = new(Load);

    /// <summary>MNIST's test set where the real digits are to be had, and as many drawn ones elsewhere.</summary>
    public static DigitSet Test => s_test.Value;

    /// <summary>A network with two hidden layers, trained for a moment.</summary>
    public static Network Train(Activation activation) => Trainer.Train(
        Network.Create([32, 16], activation, seed: 2),
        Test,
        null,
        new TrainingSettings { BatchSize = 100, Epochs = 1, Optimizer = Optimizer.Adam, Alpha = 0.002 }).Network;

    private static DigitSet Load() =>
        Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable) is string folder
            ? MnistSource.LoadSplit(new MnistSourceOptions { Path = folder }, DatasetSplit.Test)
            : SyntheticDigits.CreateTest(10_000, seed: 5);
}
