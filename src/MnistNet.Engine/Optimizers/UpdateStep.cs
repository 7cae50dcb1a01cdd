namespace MnistNet;

/// <summary>The numbers of one update, the same for all parameters.</summary>
internal readonly struct UpdateStep
{
    /// <summary>Prepares step t of a run.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="constants">Its constants.</param>
    /// <param name="alpha">α of this step.</param>
    /// <param name="images">m: the number of images the gradient is summed over.</param>
    /// <param name="beta1Power">β₁ᵗ, t counted from 1.</param>
    /// <param name="beta2Power">β₂ᵗ.</param>
    public UpdateStep(
        Optimizer optimizer,
        OptimizerConstants constants,
        double alpha,
        int images,
        double beta1Power,
        double beta2Power)
    {
        Optimizer = optimizer;
        Constants = constants;
        Alpha = alpha;
        Mean = 1.0 / images;
        Beta1Power = beta1Power;
        Beta2Power = beta2Power;
        UpdateFormula formula = UpdateFormula.Of(optimizer);
        Penalty = formula.HasDecoupledDecay ? 0 : constants.WeightDecay;
        Shrink = formula.HasDecoupledDecay ? 1 - (alpha * constants.WeightDecay) : 1;
    }

    /// <summary>The rule.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Its constants.</summary>
    public OptimizerConstants Constants { get; }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>1/m.</summary>
    public double Mean { get; }

    /// <summary>β₁ᵗ.</summary>
    public double Beta1Power { get; }

    /// <summary>β₂ᵗ.</summary>
    public double Beta2Power { get; }

    /// <summary>λ where it is part of the gradient; 0 for a rule with decoupled decay.</summary>
    public double Penalty { get; }

    /// <summary>1 − α·λ for a rule with decoupled decay; 1 otherwise.</summary>
    public double Shrink { get; }

    /// <summary>The number of state arrays that an optimiser keeps, each as long as the parameters.</summary>
    public static int StateCount(Optimizer optimizer) => UpdateFormula.Of(optimizer).StateCount;
}
