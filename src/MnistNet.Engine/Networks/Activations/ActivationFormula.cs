namespace MnistNet;

/// <summary>
/// An activation A = f(Z) and its derivative f′(Z) in float64. <c>Kernels/Activations</c> has the same functions for
/// vectors of float32 numbers; a test holds each pair together.
/// </summary>
internal abstract class ActivationFormula
{
    /// <summary>Whether the derivative jumps at 0.</summary>
    public virtual bool HasKink => false;

    /// <summary>The formula of an activation.</summary>
    public static ActivationFormula Of(Activation activation) => activation switch
    {
        Activation.ReLU => ReLUFormula.Instance,
        Activation.LeakyReLU => LeakyReLUFormula.Instance,
        Activation.Tanh => TanhFormula.Instance,
        Activation.Sigmoid => SigmoidFormula.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "This activation has no formula."),
    };

    /// <summary>f(Z): what a hidden layer gives for its sums.</summary>
    public abstract Matrix Apply(Matrix Z);

    /// <summary>f′(Z): the slope at each sum.</summary>
    public abstract Matrix Derivative(Matrix Z);
}

/// <summary>Lets a formula say <c>Z.Apply(f)</c> and <c>Z.Derivative(f)</c>.</summary>
internal static class ActivationFormulas
{
    /// <inheritdoc cref="ActivationFormula.Apply"/>
    public static Matrix Apply(this Matrix Z, Activation activation) => ActivationFormula.Of(activation).Apply(Z);

    /// <inheritdoc cref="ActivationFormula.Derivative"/>
    public static Matrix Derivative(this Matrix Z, Activation activation) =>
        ActivationFormula.Of(activation).Derivative(Z);
}
