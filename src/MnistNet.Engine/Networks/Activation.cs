namespace MnistNet;

/// <summary>The function that a hidden layer applies to each of its sums: A = f(Z).</summary>
public enum Activation
{
    /// <summary>max(z, 0).</summary>
    ReLU,

    /// <summary>z for z &gt; 0, else 0.01·z (A. Maas and others, 2013).</summary>
    LeakyReLU,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    Sigmoid,
}
