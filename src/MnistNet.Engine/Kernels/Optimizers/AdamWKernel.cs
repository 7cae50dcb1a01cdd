using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>Adam on parameters that the loop has shrunk by 1 − α·λ already, and without λ in the gradient.</summary>
internal readonly unsafe struct AdamWKernel(in UpdateStep step) : IUpdateKernel
{
    private readonly AdamKernel _adam = new(step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Update(Vector512<float> theta, Vector512<float> g, float* first, float* second) =>
        _adam.Update(theta, g, first, second);
}
