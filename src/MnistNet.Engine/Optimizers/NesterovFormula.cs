namespace MnistNet;

/// <summary>v ← μ·v + g; θ ← θ − α·(g + μ·v). As torch.optim.SGD defines it, without dampening.</summary>
internal sealed class NesterovFormula : UpdateFormula
{
    public static readonly NesterovFormula Instance = new();

    public override int StateCount => 1;

    protected override double Update(double theta, double g, Span<double> state, in UpdateStep step)
    {
        double mu = step.Constants.Momentum;
        ref double v = ref state[0];
        v = (mu * v) + g;
        return theta - (step.Alpha * (g + (mu * v)));
    }
}
