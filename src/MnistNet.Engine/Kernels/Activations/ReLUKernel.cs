using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>max(z, 0).</summary>
internal readonly struct ReLUKernel : IActivationKernel
{
    // NaN must stay NaN, so that a loss that is not finite is seen: keep z wherever it is not ≤ 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> z) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(z, Vector512<float>.Zero), Vector512<float>.Zero, z);

    // [Z > 0] is [A > 0].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyByDerivative(Vector512<float> a, Vector512<float> da) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, Vector512<float>.Zero), da, Vector512<float>.Zero);
}
