namespace MnistNet;

/// <summary>How well one class is recognised.</summary>
/// <param name="Digit">The class, 0 to 9.</param>
/// <param name="Count">How many digits of this class there are.</param>
/// <param name="PredictedCount">How many digits were taken for this class.</param>
/// <param name="Correct">How many digits of this class were recognised.</param>
public sealed record ClassMetrics(int Digit, int Count, int PredictedCount, int Correct)
{
    /// <summary>Of the digits taken for this class, the share that are of it; null when none was.</summary>
    public double? Precision => PredictedCount == 0 ? null : (double)Correct / PredictedCount;

    /// <summary>Of the digits of this class, the share recognised; null when there are none.</summary>
    public double? Recall => Count == 0 ? null : (double)Correct / Count;

    /// <summary>
    /// The harmonic mean of precision and recall; null when the class neither occurs nor was predicted.
    /// </summary>
    public double? F1 => Count + PredictedCount == 0 ? null : 2.0 * Correct / (Count + PredictedCount);

    /// <summary>Such as <c>4: 912 of 982</c>.</summary>
    public override string ToString() => $"{Digit}: {Correct} of {Count}";
}
