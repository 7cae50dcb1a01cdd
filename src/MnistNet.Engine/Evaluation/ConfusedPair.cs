namespace MnistNet;

/// <summary>A mistake that a network makes repeatedly.</summary>
public readonly record struct ConfusedPair
{
    /// <summary>Takes the values, in the order of the properties.</summary>
    public ConfusedPair(int label, int predicted, int count, string labelName, string predictedName)
    {
        Label = label;
        Predicted = predicted;
        Count = count;
        LabelName = labelName;
        PredictedName = predictedName;
    }

    /// <summary>What the digits are.</summary>
    public int Label { get; init; }

    /// <summary>What they were taken for.</summary>
    public int Predicted { get; init; }

    /// <summary>How often.</summary>
    public int Count { get; init; }

    /// <summary>What the class of the label is called: the digit, or such as <c>Ankle boot</c>.</summary>
    public string LabelName { get; init; }

    /// <summary>What the class that was predicted is called.</summary>
    public string PredictedName { get; init; }

    /// <summary>Such as <c>4→9 (38)</c>.</summary>
    public override string ToString() => $"{LabelName}→{PredictedName} ({Count})";
}
