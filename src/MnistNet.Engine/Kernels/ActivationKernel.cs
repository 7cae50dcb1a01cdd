using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// The loops of all activations, which <c>Kernels/Activations</c> holds: A = f(Z), and dZ = dA ∘ f′(Z).
/// </summary>
internal static unsafe class ActivationKernel
{
    private const int Lanes = NetworkLayout.Lanes;

    /// <summary>A = f(Z), in place, for a whole number of vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Activation activation, float* z, long length)
    {
        switch (activation)
        {
            case Activation.ReLU: Apply<ReLUKernel>(z, length); break;
            case Activation.LeakyReLU: Apply<LeakyReLUKernel>(z, length); break;
            case Activation.Tanh: Apply<TanhKernel>(z, length); break;
            case Activation.Sigmoid: Apply<SigmoidKernel>(z, length); break;
            default: throw Unknown(activation);
        }
    }

    /// <summary>dZ = dA ∘ f′(Z), in place of dA, for a whole number of vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByDerivative(Activation activation, float* a, float* da, long length)
    {
        switch (activation)
        {
            case Activation.ReLU: MultiplyByDerivative<ReLUKernel>(a, da, length); break;
            case Activation.LeakyReLU: MultiplyByDerivative<LeakyReLUKernel>(a, da, length); break;
            case Activation.Tanh: MultiplyByDerivative<TanhKernel>(a, da, length); break;
            case Activation.Sigmoid: MultiplyByDerivative<SigmoidKernel>(a, da, length); break;
            default: throw Unknown(activation);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TFunction>(float* z, long length)
        where TFunction : struct, IActivationKernel
    {
        for (long i = 0; i < length; i += Lanes)
        {
            TFunction.Apply(Vector512.Load(z + i)).Store(z + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyByDerivative<TFunction>(float* a, float* da, long length)
        where TFunction : struct, IActivationKernel
    {
        for (long i = 0; i < length; i += Lanes)
        {
            TFunction.MultiplyByDerivative(Vector512.Load(a + i), Vector512.Load(da + i)).Store(da + i);
        }
    }

    private static ArgumentOutOfRangeException Unknown(Activation activation) =>
        new(nameof(activation), activation, "This activation has no kernel.");
}
