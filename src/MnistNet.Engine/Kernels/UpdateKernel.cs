using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>The update rules. Each uses up the summed gradient: it is read once and left zero for the next step.</summary>
internal static unsafe class UpdateKernel
{
    /// <summary>Updates a range of parameters.</summary>
    /// <param name="step">The rule and its numbers.</param>
    /// <param name="theta">The parameters θ.</param>
    /// <param name="gradient">Their gradient, summed over the batch: g = gradient/m + λ·θ.</param>
    /// <param name="first">v of Momentum and Nesterov, m of Adam.</param>
    /// <param name="second">v of Adam.</param>
    /// <param name="length">A whole number of vectors.</param>
    /// <param name="isWeight">Whether weight decay applies: to weights, not to biases.</param>
    /// <returns>The sum of the squares of the mean gradient.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Apply(in UpdateStep step, float* theta, float* gradient, float* first, float* second, int length, bool isWeight)
    {
        float penalty = isWeight ? step.Penalty : 0, shrink = isWeight ? step.Shrink : 1;
        Vector512<float> squares = step.Optimizer switch
        {
            Optimizer.GradientDescent => GradientDescent(step, theta, gradient, length, penalty),
            Optimizer.Momentum or Optimizer.Nesterov => Momentum(step, theta, gradient, first, length, penalty),
            _ => Adam(step, theta, gradient, first, second, length, penalty, shrink),
        };
        return VectorMath.Sum(squares);
    }

    // θ ← θ − α·g
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> GradientDescent(in UpdateStep step, float* theta, float* gradient, int length, float penalty)
    {
        Vector512<float> squares = Vector512<float>.Zero, mean = Vector512.Create(step.Mean), lambda = Vector512.Create(penalty);
        Vector512<float> minusAlpha = Vector512.Create(-step.Alpha);
        for (int i = 0; i < length; i += 16)
        {
            Vector512<float> g = Vector512.Load(gradient + i) * mean, w = Vector512.Load(theta + i);
            Vector512<float>.Zero.Store(gradient + i);
            squares = Vector512.FusedMultiplyAdd(g, g, squares);
            g = Vector512.FusedMultiplyAdd(lambda, w, g);
            Vector512.FusedMultiplyAdd(minusAlpha, g, w).Store(theta + i);
        }

        return squares;
    }

    // v ← μ·v + g; θ ← θ − α·v, or for Nesterov θ ← θ − α·(g + μ·v). As torch.optim.SGD defines them (no dampening).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Momentum(in UpdateStep step, float* theta, float* gradient, float* velocity, int length, float penalty)
    {
        Vector512<float> squares = Vector512<float>.Zero, mean = Vector512.Create(step.Mean), lambda = Vector512.Create(penalty);
        Vector512<float> minusAlpha = Vector512.Create(-step.Alpha), mu = Vector512.Create(step.Momentum);
        bool nesterov = step.Optimizer == Optimizer.Nesterov;
        for (int i = 0; i < length; i += 16)
        {
            Vector512<float> g = Vector512.Load(gradient + i) * mean, w = Vector512.Load(theta + i);
            Vector512<float>.Zero.Store(gradient + i);
            squares = Vector512.FusedMultiplyAdd(g, g, squares);
            g = Vector512.FusedMultiplyAdd(lambda, w, g);
            Vector512<float> v = DropTiny(Vector512.FusedMultiplyAdd(mu, Vector512.Load(velocity + i), g));
            v.Store(velocity + i);
            Vector512<float> direction = nesterov ? Vector512.FusedMultiplyAdd(mu, v, g) : v;
            Vector512.FusedMultiplyAdd(minusAlpha, direction, w).Store(theta + i);
        }

        return squares;
    }

    // m ← β₁·m + (1−β₁)·g; v ← β₂·v + (1−β₂)·g²; θ ← θ − α/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε): algorithm 1 of Kingma and Ba, with the
    // corrections of the bias drawn out of the loop. AdamW first shrinks θ by 1 − α·λ (algorithm 2 of Loshchilov and Hutter).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Adam(in UpdateStep step, float* theta, float* gradient, float* first, float* second, int length, float penalty, float shrink)
    {
        Vector512<float> squares = Vector512<float>.Zero, mean = Vector512.Create(step.Mean), lambda = Vector512.Create(penalty);
        Vector512<float> beta1 = Vector512.Create(step.Beta1), rest1 = Vector512.Create(1 - step.Beta1);
        Vector512<float> beta2 = Vector512.Create(step.Beta2), rest2 = Vector512.Create(1 - step.Beta2);
        Vector512<float> minusStep = Vector512.Create(-step.StepSize), root = Vector512.Create(step.RootScale);
        Vector512<float> epsilon = Vector512.Create(step.Epsilon), keep = Vector512.Create(shrink);
        for (int i = 0; i < length; i += 16)
        {
            Vector512<float> g = Vector512.Load(gradient + i) * mean, w = Vector512.Load(theta + i) * keep;
            Vector512<float>.Zero.Store(gradient + i);
            squares = Vector512.FusedMultiplyAdd(g, g, squares);
            g = Vector512.FusedMultiplyAdd(lambda, w, g);
            Vector512<float> m = DropTiny(Vector512.FusedMultiplyAdd(beta1, Vector512.Load(first + i), rest1 * g));
            Vector512<float> v = DropTiny(Vector512.FusedMultiplyAdd(beta2, Vector512.Load(second + i), rest2 * (g * g)));
            m.Store(first + i);
            v.Store(second + i);
            Vector512<float> denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), root, epsilon);
            Vector512.FusedMultiplyAdd(minusStep, m / denominator, w).Store(theta + i);
        }

        return squares;
    }

    // The memory of a gradient that does not come again halves and halves until it is subnormal, where processors compute many times slower.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> DropTiny(Vector512<float> state) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(state), Vector512.Create(1e-30f)), Vector512<float>.Zero, state);
}
