using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>v ← μ·v + g; θ ← θ − α·(g + μ·v).</summary>
internal readonly unsafe struct NesterovKernel(in UpdateStep step) : IUpdateKernel
{
    private readonly Vector512<float> _minusAlpha = Vector512.Create(-(float)step.Alpha);
    private readonly Vector512<float> _mu = Vector512.Create((float)step.Constants.Momentum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Update(Vector512<float> theta, Vector512<float> g, float* first, float* second)
    {
        Vector512<float> v = VectorMath.DropTiny(Vector512.FusedMultiplyAdd(_mu, Vector512.Load(first), g));
        v.Store(first);
        return Vector512.FusedMultiplyAdd(_minusAlpha, Vector512.FusedMultiplyAdd(_mu, v, g), theta);
    }
}
