namespace MnistNet.Pages;

/// <summary>
/// The digits and the trained networks that several tests use: real ones where MNIST is, else synthetic.
/// </summary>
internal static class Networks
{
    private static readonly Lazy<MnistDataset> s_digits = new(LoadDigits);
    private static readonly Lazy<Network> s_raw = new(() => Train(Preprocessing.None));
    private static readonly Lazy<Network> s_normalized = new(() => Train(Preprocessing.MomentNormalization));

    public static MnistDataset Digits => s_digits.Value;

    /// <summary>784-256-10 that sees the pixels as they are.</summary>
    public static Network Raw => s_raw.Value;

    /// <summary>784-256-10 that sees normalised digits.</summary>
    public static Network Normalized => s_normalized.Value;

    private static MnistDataset LoadDigits()
        => Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable) is string folder
            ? MnistSource.Load(new MnistSourceOptions { Path = folder })
            : SyntheticDigits.Create(20_000, 2_000);

    private static Network Train(Preprocessing preprocessing)
    {
        var network = Network.Create([256], seed: 1, preprocessing: preprocessing);
        return Trainer.Train(network, Digits.Train, null, Recipe.Fast98.GetSettings()).Network;
    }
}
