namespace MnistNet;

/// <summary>z for z &gt; 0, else 0.01·z.</summary>
internal sealed class LeakyReLUFormula : ActivationFormula
{
    public static readonly LeakyReLUFormula Instance = new();

    public override bool HasKink => true;

    public override Matrix Apply(Matrix Z) => Z.LeakyReLU();

    public override Matrix Derivative(Matrix Z) => Z.Map(z => z > 0 ? 1 : Matrix.Leak);
}
