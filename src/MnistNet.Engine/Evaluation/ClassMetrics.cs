namespace MnistNet;

/// <summary>How well one class is recognised.</summary>
public readonly record struct ClassMetrics
{
    /// <summary>Takes the values, in the order of the properties.</summary>
    public ClassMetrics(int digit, int count, int predictedCount, int correct, string name)
    {
        Digit = digit;
        Count = count;
        PredictedCount = predictedCount;
        Correct = correct;
        Name = name;
    }

    /// <summary>The class, 0 to 9.</summary>
    public int Digit { get; init; }

    /// <summary>How many digits of this class there are.</summary>
    public int Count { get; init; }

    /// <summary>How many digits were taken for this class.</summary>
    public int PredictedCount { get; init; }

    /// <summary>How many digits of this class were recognised.</summary>
    public int Correct { get; init; }

    /// <summary>What the class is called: the digit, or such as <c>Ankle boot</c>.</summary>
    public string Name { get; init; }

    /// <summary>Of the digits taken for this class, the share that are of it; null when none was.</summary>
    public double? Precision => PredictedCount == 0 ? null : (double)Correct / PredictedCount;

    /// <summary>Of the digits of this class, the share recognised; null when there are none.</summary>
    public double? Recall => Count == 0 ? null : (double)Correct / Count;

    /// <summary>
    /// The harmonic mean of precision and recall; null when the class neither occurs nor was predicted.
    /// </summary>
    public double? F1 => Count + PredictedCount == 0 ? null : 2.0 * Correct / (Count + PredictedCount);

    /// <summary>Such as <c>4: 912 of 982</c>.</summary>
    public override string ToString() => $"{Name}: {Correct} of {Count}";
}
