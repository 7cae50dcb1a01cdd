using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// Softmax, loss, accuracy and dZ of the last layer. The ten classes of an image fit into one vector; the six lanes beside them
/// have <see cref="NetworkLayout.PaddingLogit"/> and so the probability 0.
/// </summary>
internal static unsafe class OutputLayer
{
    private const int Classes = DigitSet.ClassCount, Lanes = NetworkLayout.Lanes;

    private static readonly Vector512<int> LaneNumbers = Vector512<int>.Indices;

    /// <summary>
    /// A2 = softmax(Z2) with the largest entry subtracted first, L = −Σ log A2[label], dZ2 = A2 − Y. With label smoothing ε,
    /// Y is (1 − ε)·one-hot + ε/10.
    /// </summary>
    /// <param name="z">Z2, one vector an image; becomes dZ2.</param>
    /// <param name="images">Which images these are.</param>
    /// <param name="labels">The labels of all images of the set.</param>
    /// <param name="smoothing">ε.</param>
    /// <param name="correct">Is increased by the number of images recognised.</param>
    /// <returns>The sum of the losses; not finite when any of Z2 is not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Backward(float* z, in Batch images, byte* labels, float smoothing, ref int correct)
    {
        int count = images.Count;
        float* sums = stackalloc float[Lanes];
        float* inverses = stackalloc float[Lanes];
        float smoothed = smoothing / Classes, sharp = 1 - smoothing;
        Vector512<float> low = Vector512.Create(smoothed), high = Vector512.Create(sharp + smoothed);
        Vector512<float> real = Vector512.LessThan(LaneNumbers, Vector512.Create(Classes)).AsSingle();
        double loss = 0;

        // Sixteen images at a time, so that their logarithms and divisions are one each.
        for (int first = 0; first < count; first += Lanes)
        {
            int group = Math.Min(Lanes, count - first);
            Vector512<float>.One.Store(sums);
            for (int j = 0; j < group; j++)
            {
                float* row = z + ((long)(first + j) * Lanes);
                int label = labels[images[first + j]];
                Vector512<float> e = Exponentials(Vector512.Load(row), out Vector512<float> shifted);
                sums[j] = VectorMath.Sum(e);
                loss -= sharp * shifted.GetElement(label);
                if (smoothing > 0)
                {
                    loss -= smoothed * VectorMath.Sum(shifted & real);
                }

                ulong best = Vector512.Equals(shifted, Vector512<float>.Zero).ExtractMostSignificantBits();
                correct += System.Numerics.BitOperations.TrailingZeroCount(best) == label ? 1 : 0;
                e.Store(row);
            }

            Vector512<float> sum = Vector512.Load(sums);
            loss += VectorMath.Sum(VectorMath.Log(sum));
            (Vector512<float>.One / sum).Store(inverses);
            for (int j = 0; j < group; j++)
            {
                float* row = z + ((long)(first + j) * Lanes);
                Vector512<int> isLabel = Vector512.Equals(LaneNumbers, Vector512.Create((int)labels[images[first + j]]));
                Vector512<float> y = Vector512.ConditionalSelect(isLabel.AsSingle(), high, low & real);
                Vector512.FusedMultiplyAdd(Vector512.Load(row), Vector512.Create(inverses[j]), -y).Store(row);
            }
        }

        return loss;
    }

    /// <summary>
    /// A2 = softmax(Z2), and with labels the loss of each image: −log A2[label], from the logits as in <see cref="Backward"/>.
    /// </summary>
    /// <param name="z">Z2, one vector an image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="probabilities">A2, ten numbers an image.</param>
    /// <param name="labels">The labels of these images; null when there are none.</param>
    /// <param name="losses">One loss an image; not finite when one of its Z2 is not.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(float* z, int count, float* probabilities, byte* labels, float* losses)
    {
        float* p = stackalloc float[Lanes];
        for (int i = 0; i < count; i++)
        {
            float* row = z + ((long)i * Lanes);
            Vector512<float> e = Exponentials(Vector512.Load(row), out Vector512<float> shifted);
            Vector512<float> sum = Vector512.Create(VectorMath.Sum(e));
            (e / sum).Store(p);
            new ReadOnlySpan<float>(p, Classes).CopyTo(new Span<float>(probabilities + ((long)i * Classes), Classes));
            if (labels is not null)
            {
                losses[i] = VectorMath.Log(sum).ToScalar() - shifted.GetElement(labels[i]);
            }
        }
    }

    // e^(z − max), and z − max. The loss −log A2[label] is log Σ e^(z − max) − (z[label] − max): from the logits and not from A2, which is 0
    // in float32 for a label that has less than e⁻⁸⁷ of the probability.
    // + 0·(z − max): nothing changes, unless a logit is not finite; then the loss must not be, either.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exponentials(Vector512<float> logits, out Vector512<float> shifted)
    {
        shifted = logits - Vector512.Create(VectorMath.Largest(logits));
        return Vector512.FusedMultiplyAdd(shifted, Vector512<float>.Zero, VectorMath.Exp(shifted));
    }
}
