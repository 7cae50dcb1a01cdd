namespace MnistNet;

/// <summary>σ(z) = 1/(1 + e⁻ᶻ). The derivative is σ(z)·(1 − σ(z)).</summary>
internal sealed class SigmoidFormula : ActivationFormula
{
    public static readonly SigmoidFormula Instance = new();

    public override Matrix Apply(Matrix Z) => Z.Sigmoid();

    public override Matrix Derivative(Matrix Z) => Z.Sigmoid().Map(a => a * (1 - a));
}
