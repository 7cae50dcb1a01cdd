namespace MnistNet;

/// <summary>tanh z. The derivative is 1 − tanh² z.</summary>
internal sealed class TanhFormula : ActivationFormula
{
    public static readonly TanhFormula Instance = new();

    public override Matrix Apply(Matrix Z) => Z.Tanh();

    public override Matrix Derivative(Matrix Z) => Z.Tanh().Map(a => 1 - (a * a));
}
