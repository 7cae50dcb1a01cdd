using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// An activation for vectors of float32 numbers; its derivative can be told from A alone. <c>Networks/Activations</c>
/// has the formula of the same name; a test holds the two together.
/// </summary>
internal interface IActivationKernel
{
    /// <summary>f(z); NaN stays NaN.</summary>
    public static abstract Vector512<float> Apply(Vector512<float> z);

    /// <summary>da · f′(z), from a = f(z).</summary>
    public static abstract Vector512<float> MultiplyByDerivative(Vector512<float> a, Vector512<float> da);
}
