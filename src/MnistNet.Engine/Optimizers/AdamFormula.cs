namespace MnistNet;

/// <summary>
/// m ← β₁·m + (1−β₁)·g; v ← β₂·v + (1−β₂)·g²; θ ← θ − α·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ):
/// algorithm 1 of Kingma and Ba.
/// </summary>
internal class AdamFormula : UpdateFormula
{
    public static readonly AdamFormula Instance = new();

    public override int StateCount => 2;

    protected override double Update(double theta, double g, Span<double> state, in UpdateStep step)
    {
        OptimizerConstants c = step.Constants;
        ref double m = ref state[0], v = ref state[1];
        m = (c.Beta1 * m) + ((1 - c.Beta1) * g);
        v = (c.Beta2 * v) + ((1 - c.Beta2) * g * g);
        double unbiasedM = m / (1 - step.Beta1Power), unbiasedV = v / (1 - step.Beta2Power);
        return theta - (step.Alpha * unbiasedM / (Math.Sqrt(unbiasedV) + c.Epsilon));
    }
}
