using System.Text.Json.Serialization;

namespace MnistNet;

/// <summary>A mistake that a network makes repeatedly.</summary>
public readonly record struct ConfusedPair
{
    // No parameters behind the name: they would show as a method Deconstruct at the prompt.
    /// <summary>Takes the values, in the order of the properties.</summary>
    [JsonConstructor]
    public ConfusedPair(int label, int predicted, int count)
    {
        Label = label;
        Predicted = predicted;
        Count = count;
    }

    /// <summary>What the digits are.</summary>
    public int Label { get; init; }

    /// <summary>What they were taken for.</summary>
    public int Predicted { get; init; }

    /// <summary>How often.</summary>
    public int Count { get; init; }

    /// <summary>Such as <c>4→9 (38)</c>.</summary>
    public override string ToString() => $"{Label}→{Predicted} ({Count})";
}
