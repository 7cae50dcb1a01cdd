using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>tanh z = ±(1 − e)/(1 + e) with e = exp(−2|z|). The derivative is 1 − a².</summary>
internal readonly struct TanhKernel : IActivationKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> z)
    {
        Vector512<float> e = VectorMath.Exp(Vector512.Abs(z) * -2f);
        Vector512<float> t = (Vector512<float>.One - e) / (Vector512<float>.One + e);
        return VectorMath.KeepNaN(z, Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512<float>.Zero), -t, t));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyByDerivative(Vector512<float> a, Vector512<float> da) =>
        da * (Vector512<float>.One - (a * a));
}
