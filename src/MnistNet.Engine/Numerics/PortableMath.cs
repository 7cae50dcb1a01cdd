namespace MnistNet;

/// <summary>
/// Elementary functions from +, × and ÷ alone, which are the same to the last bit on every machine; those of
/// <see cref="Math"/> differ there from one platform to the next. For small arguments, with which series end soon.
/// </summary>
internal static class PortableMath
{
    // With arguments up to π, the terms left out are below 10⁻¹⁵.
    private const int Terms = 30;

    /// <summary>eˣ, for −π ≤ x ≤ π.</summary>
    public static double Exp(double x)
    {
        double sum = 1;
        for (int k = Terms; k >= 1; k--)
        {
            sum = 1 + (sum * x / k);
        }

        return sum;
    }

    /// <summary>sin x, for −π ≤ x ≤ π.</summary>
    public static double Sin(double x)
    {
        double sum = 1;
        for (int k = Terms; k >= 2; k -= 2)
        {
            sum = 1 - (sum * x * x / (k * (k + 1)));
        }

        return x * sum;
    }

    /// <summary>cos x, for −π ≤ x ≤ π.</summary>
    public static double Cos(double x)
    {
        double sum = 1;
        for (int k = Terms; k >= 2; k -= 2)
        {
            sum = 1 - (sum * x * x / (k * (k - 1)));
        }

        return sum;
    }
}
