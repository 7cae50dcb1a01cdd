namespace MnistNet;

/// <summary>A mistake that a network makes repeatedly.</summary>
/// <param name="Label">What the digits are.</param>
/// <param name="Predicted">What they were taken for.</param>
/// <param name="Count">How often.</param>
public sealed record ConfusedPair(int Label, int Predicted, int Count)
{
    /// <summary>Such as <c>4→9 (38)</c>.</summary>
    public override string ToString() => $"{Label}→{Predicted} ({Count})";
}
