namespace MnistNet;

/// <summary>What a network says of one digit. Flat, for <c>Export-Csv</c>.</summary>
public sealed class Prediction
{
    internal Prediction(int index, int? label, int predicted, float[] probabilities, double? loss, string? source)
    {
        Index = index;
        Label = label;
        Predicted = predicted;
        Confidence = probabilities[predicted];
        Loss = loss;
        Source = source;
        Probabilities = new ClassProbabilities(probabilities);
    }

    /// <summary>The digit's position in its set.</summary>
    public int Index { get; }

    /// <summary>What the digit is; null when nobody said.</summary>
    public int? Label { get; }

    /// <summary>The class with the largest probability; the first of equals.</summary>
    public int Predicted { get; }

    /// <summary>That probability, 0 to 1.</summary>
    public double Confidence { get; }

    /// <summary>Whether label and prediction agree; null without a label.</summary>
    public bool? IsCorrect => Label is int label ? label == Predicted : null;

    /// <summary>−log of the probability of the label; null without a label.</summary>
    public double? Loss { get; }

    /// <summary>The probability of each class, 0 to 9.</summary>
    public ClassProbabilities Probabilities { get; }

    /// <summary>The name of the picture file that the digit was read from; null for a digit of a data set.</summary>
    public string? Source { get; }

    /// <summary>Such as <c>#3: 1 (0.98)</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"#{Index}: {Predicted} ({Confidence:F2})");
}
