using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>z for z &gt; 0, else 0.01·z.</summary>
internal readonly struct LeakyReLUKernel : IActivationKernel
{
    private const float Leak = (float)Matrix.Leak;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> z) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(z, Vector512<float>.Zero), z * Leak, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyByDerivative(Vector512<float> a, Vector512<float> da) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, Vector512<float>.Zero), da, da * Leak);
}
