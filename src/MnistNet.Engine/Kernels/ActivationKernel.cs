using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>A = f(Z) and its derivative f′(Z), which for all four functions can be told from A alone.</summary>
internal static unsafe class ActivationKernel
{
    private const float LeakySlope = 0.01f;

    /// <summary>A = f(Z), in place, for a whole number of vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Activation activation, float* z, long length)
    {
        switch (activation)
        {
            case Activation.ReLU:
                for (long i = 0; i < length; i += 16)
                {
                    Vector512<float> v = Vector512.Load(z + i);
                    // NaN must stay NaN, so that a loss that has burst is seen: keep v wherever it is not ≤ 0.
                    Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, Vector512<float>.Zero), Vector512<float>.Zero, v).Store(z + i);
                }

                break;
            case Activation.LeakyReLU:
                for (long i = 0; i < length; i += 16)
                {
                    Vector512<float> v = Vector512.Load(z + i);
                    Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, Vector512<float>.Zero), v * LeakySlope, v).Store(z + i);
                }

                break;
            case Activation.Tanh:
                // tanh z = ±(1 − e)/(1 + e) with e = exp(−2|z|).
                for (long i = 0; i < length; i += 16)
                {
                    Vector512<float> v = Vector512.Load(z + i);
                    Vector512<float> e = VectorMath.Exp(Vector512.Abs(v) * -2f);
                    Vector512<float> t = (Vector512<float>.One - e) / (Vector512<float>.One + e);
                    KeepNaN(v, Vector512.ConditionalSelect(Vector512.LessThan(v, Vector512<float>.Zero), -t, t)).Store(z + i);
                }

                break;
            case Activation.Sigmoid:
                // σ(z) = 1/(1 + e) for z ≥ 0, e/(1 + e) below, with e = exp(−|z|): no overflow on either side.
                for (long i = 0; i < length; i += 16)
                {
                    Vector512<float> v = Vector512.Load(z + i);
                    Vector512<float> e = VectorMath.Exp(-Vector512.Abs(v));
                    Vector512<float> numerator = Vector512.ConditionalSelect(Vector512.LessThan(v, Vector512<float>.Zero), e, Vector512<float>.One);
                    KeepNaN(v, numerator / (Vector512<float>.One + e)).Store(z + i);
                }

                break;
        }
    }

    /// <summary>dZ = dA ∘ f′(Z), in place of dA, for a whole number of vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByDerivative(Activation activation, float* a, float* da, long length)
    {
        for (long i = 0; i < length; i += 16)
        {
            Vector512<float> value = Vector512.Load(a + i), delta = Vector512.Load(da + i);
            Vector512<float> result = activation switch
            {
                // [Z > 0] is [A > 0].
                Activation.ReLU => Vector512.ConditionalSelect(Vector512.GreaterThan(value, Vector512<float>.Zero), delta, Vector512<float>.Zero),
                Activation.LeakyReLU => Vector512.ConditionalSelect(Vector512.GreaterThan(value, Vector512<float>.Zero), delta, delta * LeakySlope),
                Activation.Tanh => delta * (Vector512<float>.One - (value * value)),
                _ => delta * (value * (Vector512<float>.One - value)),
            };
            result.Store(da + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> KeepNaN(Vector512<float> z, Vector512<float> a) =>
        Vector512.ConditionalSelect(Vector512.Equals(z, z), a, z);
}
