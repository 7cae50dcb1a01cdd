namespace MnistNet;

/// <summary>θ ← θ − α·g.</summary>
internal sealed class GradientDescentFormula : UpdateFormula
{
    public static readonly GradientDescentFormula Instance = new();

    public override int StateCount => 0;

    protected override double Update(double theta, double g, Span<double> state, in UpdateStep step) =>
        theta - (step.Alpha * g);
}
