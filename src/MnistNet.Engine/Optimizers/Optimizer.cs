namespace MnistNet;

/// <summary>
/// The rule that turns a gradient g into new parameters θ. The formulas stand at the kernels that compute them.
/// </summary>
public enum Optimizer
{
    /// <summary>θ ← θ − α·g.</summary>
    GradientDescent,

    /// <summary>v ← μ·v + g; θ ← θ − α·v (B. Polyak, 1964).</summary>
    Momentum,

    /// <summary>
    /// v ← μ·v + g; θ ← θ − α·(g + μ·v) (Y. Nesterov, 1983, in the form of I. Sutskever and others, 2013).
    /// </summary>
    Nesterov,

    /// <summary>Adaptive moments (D. Kingma and J. Ba, 2015).</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (I. Loshchilov and F. Hutter, 2019).</summary>
    AdamW,
}
