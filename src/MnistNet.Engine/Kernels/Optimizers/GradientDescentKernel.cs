using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>θ ← θ − α·g.</summary>
internal readonly unsafe struct GradientDescentKernel(in UpdateStep step) : IUpdateKernel
{
    private readonly Vector512<float> _minusAlpha = Vector512.Create(-(float)step.Alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Update(Vector512<float> theta, Vector512<float> g, float* first, float* second) =>
        Vector512.FusedMultiplyAdd(_minusAlpha, g, theta);
}
