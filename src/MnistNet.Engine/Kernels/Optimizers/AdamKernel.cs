using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// m ← β₁·m + (1−β₁)·g; v ← β₂·v + (1−β₂)·g²; θ ← θ − α/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε): the formula with the
/// corrections of the bias drawn out of the loop.
/// </summary>
internal readonly unsafe struct AdamKernel(in UpdateStep step) : IUpdateKernel
{
    private readonly Vector512<float> _beta1 = Vector512.Create((float)step.Constants.Beta1);
    private readonly Vector512<float> _rest1 = Vector512.Create(1 - (float)step.Constants.Beta1);
    private readonly Vector512<float> _beta2 = Vector512.Create((float)step.Constants.Beta2);
    private readonly Vector512<float> _rest2 = Vector512.Create(1 - (float)step.Constants.Beta2);
    private readonly Vector512<float> _minusStep = Vector512.Create(-(float)(step.Alpha / (1 - step.Beta1Power)));
    private readonly Vector512<float> _root = Vector512.Create((float)(1 / Math.Sqrt(1 - step.Beta2Power)));
    private readonly Vector512<float> _epsilon = Vector512.Create((float)step.Constants.Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Update(Vector512<float> theta, Vector512<float> g, float* first, float* second)
    {
        Vector512<float> m = Vector512.FusedMultiplyAdd(_beta1, Vector512.Load(first), _rest1 * g);
        Vector512<float> v = Vector512.FusedMultiplyAdd(_beta2, Vector512.Load(second), _rest2 * (g * g));
        m = VectorMath.DropTiny(m);
        v = VectorMath.DropTiny(v);
        m.Store(first);
        v.Store(second);
        Vector512<float> denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), _root, _epsilon);
        return Vector512.FusedMultiplyAdd(_minusStep, m / denominator, theta);
    }
}
