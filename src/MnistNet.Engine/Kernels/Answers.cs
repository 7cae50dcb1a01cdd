namespace MnistNet.Kernels;

/// <summary>What a network says of a number of digits.</summary>
/// <param name="Probabilities">The probability of each class for each digit: count × 10, digit after digit.</param>
/// <param name="Losses">−log of the probability of each digit's label; empty without labels.</param>
internal sealed record Answers(float[] Probabilities, float[] Losses)
{
    /// <summary>The mean of the losses.</summary>
    public double MeanLoss
    {
        get
        {
            double sum = 0;
            foreach (float loss in Losses)
            {
                sum += loss;
            }

            return sum / Losses.Length;
        }
    }

    /// <summary>The probabilities of one digit.</summary>
    public ReadOnlySpan<float> Of(int digit) => Probabilities.AsSpan(digit * DigitSet.ClassCount, DigitSet.ClassCount);

    /// <summary>The class with the largest probability; the first of equals.</summary>
    public int Predicted(int digit)
    {
        ReadOnlySpan<float> p = Of(digit);
        int best = 0;
        for (int c = 1; c < p.Length; c++)
        {
            best = p[c] > p[best] ? c : best;
        }

        return best;
    }
}
