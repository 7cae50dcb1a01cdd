namespace MnistNet;

/// <summary>
/// An update rule as its paper has it, in float64, for one parameter. <c>Kernels/Optimizers</c> has the same rules for
/// vectors of float32 numbers; a test holds each pair together.
/// </summary>
internal abstract class UpdateFormula
{
    /// <summary>How many numbers the rule remembers of each parameter.</summary>
    public abstract int StateCount { get; }

    /// <summary>Whether weight decay shrinks θ directly, instead of being a part of the gradient.</summary>
    public virtual bool HasDecoupledDecay => false;

    /// <summary>The formula of an optimiser.</summary>
    public static UpdateFormula Of(Optimizer optimizer) => optimizer switch
    {
        Optimizer.GradientDescent => GradientDescentFormula.Instance,
        Optimizer.Momentum => MomentumFormula.Instance,
        Optimizer.Nesterov => NesterovFormula.Instance,
        Optimizer.Adam => AdamFormula.Instance,
        Optimizer.AdamW => AdamWFormula.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "This optimiser has no formula."),
    };

    /// <summary>The parameter after the update.</summary>
    /// <param name="theta">θ.</param>
    /// <param name="sum">The gradient, summed over the batch.</param>
    /// <param name="isWeight">Whether weight decay applies: to weights, not to biases.</param>
    /// <param name="state">What the rule remembers of this parameter.</param>
    /// <param name="step">The numbers of this update.</param>
    public double Update(double theta, double sum, bool isWeight, Span<double> state, in UpdateStep step)
    {
        double g = (sum * step.Mean) + (isWeight ? step.Penalty * theta : 0);
        return Update(isWeight ? theta * step.Shrink : theta, g, state, step);
    }

    /// <summary>The rule itself, with g the mean gradient.</summary>
    protected abstract double Update(double theta, double g, Span<double> state, in UpdateStep step);
}
