namespace MnistNet;

/// <summary>v ← μ·v + g; θ ← θ − α·v. As torch.optim.SGD defines it, without dampening.</summary>
internal sealed class MomentumFormula : UpdateFormula
{
    public static readonly MomentumFormula Instance = new();

    public override int StateCount => 1;

    protected override double Update(double theta, double g, Span<double> state, in UpdateStep step)
    {
        ref double v = ref state[0];
        v = (step.Constants.Momentum * v) + g;
        return theta - (step.Alpha * v);
    }
}
