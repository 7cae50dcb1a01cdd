namespace MnistNet;

/// <summary>What a recipe consists of, and what it gave on MNIST.</summary>
public sealed class RecipeDescription
{
    /// <summary>The recipe.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The widths of the hidden layers.</summary>
    public required IReadOnlyList<int> Hidden { get; init => field = new RowList<int>([.. value]); }

    /// <summary>What is done to an image before the network sees it.</summary>
    public Preprocessing Preprocessing { get; init; }

    /// <summary>The settings of the training.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>The number of seeds that it was measured with.</summary>
    public int Seeds { get; init; }

    /// <summary>The mean of their accuracies on the test set; null when it was not measured.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>The lowest of them.</summary>
    public double? LowestAccuracy { get; init; }

    /// <summary>
    /// The mean time of training in seconds, preprocessing included, on two cores; null when not measured.
    /// </summary>
    public double? Seconds { get; init; }

    /// <summary>The shape of its network, such as <c>784-128-10</c>.</summary>
    public string Network => string.Join('-', [784, .. Hidden, DigitSet.ClassCount]);

    /// <summary>A fresh network for the recipe.</summary>
    /// <param name="seed">The same seed gives the same weights, on every machine.</param>
    /// <param name="inputs">The number of pixels of an image.</param>
    public Network CreateNetwork(int seed = 0, int inputs = 784)
        => MnistNet.Network.Create([.. Hidden], seed: seed, inputs: inputs, preprocessing: Preprocessing);

    /// <summary>
    /// Such as <c>Fast98: 784-128-10, MomentNormalization, Adam, alpha 0.02, 1 epochs, batches of 128</c>.
    /// </summary>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return $"{Recipe}: {Network}";
        if (Preprocessing != Preprocessing.None)
        {
            yield return Preprocessing.ToString();
        }

        yield return Settings.ToString();
        if (Settings.Augmentation != Augmentation.None)
        {
            yield return $"augmentation {Settings.Augmentation}";
        }
    }
}
