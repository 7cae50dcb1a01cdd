using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>Softmax, loss, accuracy and dZ of the last layer. The ten classes of an image fit into one vector.</summary>
internal static unsafe class OutputLayer
{
    private static readonly Vector512<int> LaneNumbers = Vector512<int>.Indices;

    /// <summary>
    /// A2 = softmax(Z2) with the largest entry subtracted first, L = −Σ log A2[label], dZ2 = A2 − Y. With label smoothing ε,
    /// Y is (1 − ε)·one-hot + ε/10.
    /// </summary>
    /// <param name="z">Z2, one vector an image; becomes dZ2.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="order">Which images these are; null for the set's own order.</param>
    /// <param name="start">The position of the first.</param>
    /// <param name="labels">The labels of all images.</param>
    /// <param name="smoothing">ε.</param>
    /// <param name="correct">Is increased by the number of images recognised.</param>
    /// <returns>The sum of the losses; not finite when any of Z2 is not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Backward(float* z, int count, int* order, int start, byte* labels, float smoothing, ref int correct)
    {
        const int classes = DigitSet.ClassCount;
        Vector512<float> real = Vector512.LessThan(LaneNumbers, Vector512.Create(classes)).AsSingle();
        float* sums = stackalloc float[NetworkLayout.Lanes];
        float smoothed = smoothing / classes, sharp = 1 - smoothing;
        double loss = 0;
        for (int i = 0; i < count;)
        {
            int group = Math.Min(NetworkLayout.Lanes, count - i);
            for (int j = 0; j < group; j++, i++)
            {
                float* row = z + ((long)i * NetworkLayout.Lanes);
                int label = labels[order is null ? start + i : order[start + i]];
                Vector512<float> logits = Vector512.ConditionalSelect(real, Vector512.Load(row), Vector512.Create(float.MinValue));
                float largest = VectorMath.Largest(logits);
                Vector512<float> shifted = logits - Vector512.Create(largest);
                Vector512<float> e = VectorMath.Exp(shifted);
                // e + 0·(z − max): nothing changes, unless a logit is not finite; then the loss must not be, either.
                e = Vector512.FusedMultiplyAdd(shifted & real, Vector512<float>.Zero, e);
                float sum = VectorMath.Sum(e);
                sums[j] = sum;
                loss -= sharp * shifted.GetElement(label);
                if (smoothing > 0)
                {
                    loss -= smoothed * VectorMath.Sum(shifted & real);
                }

                ulong best = Vector512.Equals(logits, Vector512.Create(largest)).ExtractMostSignificantBits();
                correct += System.Numerics.BitOperations.TrailingZeroCount(best) == label ? 1 : 0;
                Vector512<float> y = Vector512.ConditionalSelect(
                    Vector512.Equals(LaneNumbers, Vector512.Create(label)).AsSingle(), Vector512.Create(sharp + smoothed), Vector512.Create(smoothed));
                (((e / Vector512.Create(sum)) - y) & real).Store(row);
            }

            for (int j = group; j < NetworkLayout.Lanes; j++)
            {
                sums[j] = 1;
            }

            loss += VectorMath.Sum(VectorMath.Log(Vector512.Load(sums)));
        }

        return loss;
    }

    /// <summary>A2 = softmax(Z2): the probability of each class, ten numbers an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(float* z, int count, float* probabilities)
    {
        const int classes = DigitSet.ClassCount;
        Vector512<float> real = Vector512.LessThan(LaneNumbers, Vector512.Create(classes)).AsSingle();
        float* p = stackalloc float[NetworkLayout.Lanes];
        for (int i = 0; i < count; i++)
        {
            Vector512<float> logits = Vector512.ConditionalSelect(real, Vector512.Load(z + ((long)i * NetworkLayout.Lanes)), Vector512.Create(float.MinValue));
            Vector512<float> e = VectorMath.Exp(logits - Vector512.Create(VectorMath.Largest(logits)));
            (e / Vector512.Create(VectorMath.Sum(e))).Store(p);
            new ReadOnlySpan<float>(p, classes).CopyTo(new Span<float>(probabilities + ((long)i * classes), classes));
        }
    }
}
