namespace MnistNet;

/// <summary>max(z, 0). The derivative is [Z &gt; 0]: 1 where the unit is on, else 0.</summary>
internal sealed class ReLUFormula : ActivationFormula
{
    public static readonly ReLUFormula Instance = new();

    public override bool HasKink => true;

    public override Matrix Apply(Matrix Z) => Z.ReLU();

    public override Matrix Derivative(Matrix Z) => Z.GreaterThan(0);
}
