namespace MnistNet.Kernels;

/// <summary>The numbers of one update, the same for all parameters.</summary>
internal readonly struct UpdateStep
{
    /// <summary>Prepares step t of a run.</summary>
    /// <param name="settings">The optimiser and its constants.</param>
    /// <param name="alpha">α of this step.</param>
    /// <param name="images">m: the number of images the gradient is summed over.</param>
    /// <param name="beta1Power">β₁ᵗ, t counted from 1.</param>
    /// <param name="beta2Power">β₂ᵗ.</param>
    public UpdateStep(TrainingSettings settings, double alpha, int images, double beta1Power, double beta2Power)
    {
        Optimizer = settings.Optimizer;
        Alpha = (float)alpha;
        Mean = (float)(1.0 / images);
        Momentum = (float)settings.Momentum;
        Beta1 = (float)settings.Beta1;
        Beta2 = (float)settings.Beta2;
        Epsilon = (float)settings.Epsilon;
        bool decoupled = Optimizer == Optimizer.AdamW;
        Penalty = decoupled ? 0 : (float)settings.WeightDecay;
        Shrink = decoupled ? (float)(1 - (alpha * settings.WeightDecay)) : 1;
        StepSize = (float)(alpha / (1 - beta1Power));
        RootScale = (float)(1 / Math.Sqrt(1 - beta2Power));
    }

    public Optimizer Optimizer { get; }

    /// <summary>α.</summary>
    public float Alpha { get; }

    /// <summary>1/m.</summary>
    public float Mean { get; }

    /// <summary>μ.</summary>
    public float Momentum { get; }

    /// <summary>β₁.</summary>
    public float Beta1 { get; }

    /// <summary>β₂.</summary>
    public float Beta2 { get; }

    /// <summary>ε.</summary>
    public float Epsilon { get; }

    /// <summary>λ where it is part of the gradient; 0 for AdamW.</summary>
    public float Penalty { get; }

    /// <summary>1 − α·λ for AdamW; 1 otherwise.</summary>
    public float Shrink { get; }

    /// <summary>α / (1 − β₁ᵗ).</summary>
    public float StepSize { get; }

    /// <summary>1 / √(1 − β₂ᵗ).</summary>
    public float RootScale { get; }

    /// <summary>The number of state arrays that an optimiser keeps, each as long as the parameters.</summary>
    public static int StateCount(Optimizer optimizer) => optimizer switch
    {
        Optimizer.GradientDescent => 0,
        Optimizer.Momentum or Optimizer.Nesterov => 1,
        _ => 2,
    };
}
