using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// σ(z) = 1/(1 + e) for z ≥ 0, e/(1 + e) below, with e = exp(−|z|): no overflow on either side. The derivative is a·(1
/// − a).
/// </summary>
internal readonly struct SigmoidKernel : IActivationKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> z)
    {
        Vector512<float> e = VectorMath.Exp(-Vector512.Abs(z));
        Vector512<float> isNegative = Vector512.LessThan(z, Vector512<float>.Zero);
        Vector512<float> numerator = Vector512.ConditionalSelect(isNegative, e, Vector512<float>.One);
        return VectorMath.KeepNaN(z, numerator / (Vector512<float>.One + e));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyByDerivative(Vector512<float> a, Vector512<float> da) =>
        da * (a * (Vector512<float>.One - a));
}
