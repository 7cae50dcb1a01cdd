namespace MnistNet;

/// <summary>A training set and a test set that belong together. It is one object in a pipeline.</summary>
/// <param name="name">What the data is, such as <c>MNIST</c>.</param>
/// <param name="train">The digits to learn from.</param>
/// <param name="test">The digits to be judged by, which training never sees.</param>
/// <param name="source">Where it came from: a folder, an address, or the seed it was drawn from.</param>
public sealed class MnistDataset(string name, DigitSet train, DigitSet test, string source)
{
    /// <summary>What the data is, such as <c>MNIST</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The digits to learn from.</summary>
    public DigitSet Train { get; } = train;

    /// <summary>The digits to be judged by, which training never sees.</summary>
    public DigitSet Test { get; } = test;

    /// <summary>Where it came from: a folder, an address, or the seed it was drawn from.</summary>
    public string Source { get; } = source;

    /// <summary>Such as <c>MNIST (60,000 train, 10,000 test)</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Name} ({Train.Count:N0} train, {Test.Count:N0} test)");
}
