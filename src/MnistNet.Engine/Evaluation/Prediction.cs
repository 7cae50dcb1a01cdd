namespace MnistNet;

/// <summary>What a network says of one digit. Flat, for <c>Export-Csv</c>.</summary>
public sealed class Prediction
{
    internal Prediction(
        int index,
        int? label,
        int predicted,
        float[] probabilities,
        double? loss,
        string? source,
        string set,
        string network)
    {
        Index = index;
        Label = label;
        Predicted = predicted;
        Confidence = probabilities[predicted];
        Loss = loss;
        Source = source;
        Probabilities = new ClassProbabilities(probabilities);
        Set = set;
        Network = network;
    }

    /// <summary>The digit's position in its set.</summary>
    public int Index { get; }

    /// <summary>The name of the set that the index counts in, such as <c>MNIST test</c>.</summary>
    public string Set { get; }

    /// <summary>What the digit is; null when that is not known.</summary>
    public int? Label { get; }

    /// <summary>The class with the largest probability; the first of equals.</summary>
    public int Predicted { get; }

    /// <summary>That probability, 0 to 1.</summary>
    public double Confidence { get; }

    /// <summary>Whether label and prediction agree; null without a label.</summary>
    public bool? IsCorrect => Label is int label ? label == Predicted : null;

    /// <summary>−log of the probability of the label; null without a label.</summary>
    public double? Loss { get; }

    /// <summary>
    /// The network that was asked: its file's name, or its shape and fingerprint; of an ensemble, all of them.
    /// </summary>
    public string Network { get; }

    /// <summary>The probability of each class, 0 to 9.</summary>
    public ClassProbabilities Probabilities { get; }

    /// <summary>The name of the picture file that the digit was read from; null for a digit of a data set.</summary>
    public string? Source { get; }

    /// <summary>The probability of a zero.</summary>
    public double P0 => Probabilities[0];

    /// <summary>The probability of a one.</summary>
    public double P1 => Probabilities[1];

    /// <summary>The probability of a two.</summary>
    public double P2 => Probabilities[2];

    /// <summary>The probability of a three.</summary>
    public double P3 => Probabilities[3];

    /// <summary>The probability of a four.</summary>
    public double P4 => Probabilities[4];

    /// <summary>The probability of a five.</summary>
    public double P5 => Probabilities[5];

    /// <summary>The probability of a six.</summary>
    public double P6 => Probabilities[6];

    /// <summary>The probability of a seven.</summary>
    public double P7 => Probabilities[7];

    /// <summary>The probability of an eight.</summary>
    public double P8 => Probabilities[8];

    /// <summary>The probability of a nine.</summary>
    public double P9 => Probabilities[9];

    /// <summary>Such as <c>#3: 1 (0.98)</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"#{Index}: {Predicted} ({Confidence:F2})");
}
