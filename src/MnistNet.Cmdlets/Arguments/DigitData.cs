namespace MnistNet.Cmdlets;

/// <summary>
/// What <c>-Data</c> was given: a <see cref="MnistDataset"/>, a <see cref="DigitSet"/>, or digits.
/// A dataset trains on Train and is judged on Test; a set or digits are what they are.
/// </summary>
public sealed class DigitData
{
    private readonly MnistDataset? _dataset;
    private DigitSet? _set;

    /// <summary>A training set with its test set.</summary>
    public DigitData(MnistDataset dataset) => _dataset = dataset;

    /// <summary>A set of digits.</summary>
    public DigitData(DigitSet set) => _set = set;

    /// <summary>Single digits.</summary>
    public DigitData(IReadOnlyList<Digit> digits) => Digits = digits;

    /// <summary>The single digits; null when a whole set was given.</summary>
    internal IReadOnlyList<Digit>? Digits { get; }

    /// <summary>The dataset; null when something else was given.</summary>
    internal MnistDataset? Dataset => _dataset;

    /// <summary>The digits to learn from: Train of a dataset.</summary>
    internal DigitSet Train => _dataset?.Train ?? Set;

    /// <summary>The digits to be judged by once, at the end: Test of a dataset, and nothing else.</summary>
    internal DigitSet? HeldOut => _dataset?.Test;

    /// <summary>The digits to look at, to predict and to measure on: Test of a dataset.</summary>
    internal DigitSet Test => _dataset?.Test ?? Set;

    private DigitSet Set => _set ??= DigitSet.FromDigits(Digits!);

    /// <summary>What the data says of itself.</summary>
    public override string ToString()
        => _dataset?.ToString() ?? (Digits is { Count: 1 } one ? one[0].ToString() : Set.ToString());
}
