using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// The loop of all update rules, which <c>Kernels/Optimizers</c> holds. It uses up the summed gradient: each number is
/// read once and left zero for the next step.
/// </summary>
internal static unsafe class UpdateKernel
{
    private const int Lanes = NetworkLayout.Lanes;

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
    public static double Apply(
        in UpdateStep step, float* theta, float* gradient, float* first, float* second, int length, bool isWeight) =>
        step.Optimizer switch
        {
            Optimizer.GradientDescent => Apply(
                new GradientDescentKernel(step), step, theta, gradient, first, second, length, isWeight),
            Optimizer.Momentum => Apply(
                new MomentumKernel(step), step, theta, gradient, first, second, length, isWeight),
            Optimizer.Nesterov => Apply(
                new NesterovKernel(step), step, theta, gradient, first, second, length, isWeight),
            Optimizer.Adam => Apply(new AdamKernel(step), step, theta, gradient, first, second, length, isWeight),
            Optimizer.AdamW => Apply(new AdamWKernel(step), step, theta, gradient, first, second, length, isWeight),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Optimizer, "This optimiser has no kernel."),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Apply<TRule>(
        TRule rule,
        in UpdateStep step,
        float* theta,
        float* gradient,
        float* first,
        float* second,
        int length,
        bool isWeight)
        where TRule : struct, IUpdateKernel
    {
        Vector512<float> squares = Vector512<float>.Zero, mean = Vector512.Create((float)step.Mean);
        Vector512<float> lambda = Vector512.Create(isWeight ? (float)step.Penalty : 0);
        Vector512<float> keep = Vector512.Create(isWeight ? (float)step.Shrink : 1);
        for (int i = 0; i < length; i += Lanes)
        {
            Vector512<float> g = Vector512.Load(gradient + i) * mean, w = Vector512.Load(theta + i) * keep;
            Vector512<float>.Zero.Store(gradient + i);
            squares = Vector512.FusedMultiplyAdd(g, g, squares);
            g = Vector512.FusedMultiplyAdd(lambda, w, g);
            rule.Update(w, g, first + i, second + i).Store(theta + i);
        }

        return VectorMath.Sum(squares);
    }
}
