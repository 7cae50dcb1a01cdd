using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// Softmax, loss, accuracy and dZ of the last layer, for 16 images at a time: a vector of images for each class, so
/// that nothing has to be added or compared across lanes.
/// </summary>
internal static unsafe class OutputLayer
{
    private const int Classes = DigitSet.ClassCount, Lanes = NetworkLayout.Lanes;

    // The label of a lane without an image.
    private const int NoLabel = -1;

    /// <summary>
    /// A2 = softmax(Z2) with the largest entry subtracted first, L = −Σ log A2[label], dZ2 = A2 − Y. With label
    /// smoothing ε, Y is (1 − ε)·one-hot + ε/10.
    /// </summary>
    /// <param name="z">Z2, a vector of images for each class; becomes dZ2.</param>
    /// <param name="images">Which images these are, at most 16.</param>
    /// <param name="labels">The labels of all images of the set.</param>
    /// <param name="smoothing">ε.</param>
    /// <param name="correct">Is increased by the number of images recognised.</param>
    /// <returns>The sum of the losses; not finite when any of Z2 is not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Backward(float* z, in Batch images, byte* labels, float smoothing, ref int correct)
    {
        Vector512<int> label = Labels(images, labels);
        Vector512<float> losses = Losses(z, label, smoothing, out Vector512<float> sum, out Vector512<int> predicted);
        Vector512<float> isImage = Vector512.GreaterThan(label, Vector512.Create(NoLabel)).AsSingle();
        Vector512<float> inverse = Vector512<float>.One / sum;
        Vector512<float> low = Vector512.Create(smoothing / Classes), high = Vector512.Create(
            1 - smoothing + (smoothing / Classes));
        for (int c = 0; c < Classes; c++)
        {
            float* value = z + (c * Lanes);
            Vector512<float> y = Vector512.ConditionalSelect(
                Vector512.Equals(label, Vector512.Create(c)).AsSingle(), high, low);
            (Vector512.FusedMultiplyAdd(Vector512.Load(value), inverse, -y) & isImage).Store(value);
        }

        correct += BitOperations.PopCount(Vector512.Equals(predicted, label).ExtractMostSignificantBits());
        return VectorMath.Sum(losses & isImage);
    }

    /// <summary>The same for any number of images whose Z2 stands in rows, a vector an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double BackwardRows(float* z, in Batch images, byte* labels, float smoothing, ref int correct)
    {
        // A multiple of four classes, so that those that are not there hold 0.
        float* columns = stackalloc float[12 * Lanes];
        double loss = 0;
        for (int first = 0; first < images.Count; first += Lanes)
        {
            Batch group = images.Slice(first, Math.Min(Lanes, images.Count - first));
            float* rows = z + ((long)first * Lanes);
            LaneTranspose.ToColumns(rows, group.Count, columns, Classes);
            loss += Backward(columns, group, labels, smoothing, ref correct);
            LaneTranspose.ToRows(columns, Classes, rows, group.Count);
        }

        return loss;
    }

    /// <summary>A2 = softmax(Z2), and with labels the loss of each image.</summary>
    /// <param name="z">Z2, a vector an image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="probabilities">A2, ten numbers an image.</param>
    /// <param name="labels">The labels of these images; null when there are none.</param>
    /// <param name="losses">One loss an image; not finite when one of its Z2 is not.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxRows(float* z, int count, float* probabilities, byte* labels, float* losses)
    {
        float* columns = stackalloc float[Classes * Lanes];
        for (int first = 0; first < count; first += Lanes)
        {
            int group = Math.Min(Lanes, count - first);
            Vector512<int> label =
                labels is null ? Vector512.Create(NoLabel) : Labels(new Batch(null, first, group), labels);
            LaneTranspose.ToColumns(z + ((long)first * Lanes), group, columns, Classes);
            Vector512<float> loss = Losses(columns, label, 0, out Vector512<float> sum, out _);
            float* target = probabilities + ((long)first * Classes);
            for (int c = 0; c < Classes; c++)
            {
                Vector512<float> p = Vector512.Load(columns + (c * Lanes)) / sum;
                p.Store(columns + (c * Lanes));
                for (int image = 0; image < group; image++)
                {
                    target[(image * Classes) + c] = columns[(c * Lanes) + image];
                }
            }

            for (int image = 0; labels is not null && image < group; image++)
            {
                losses[first + image] = loss.GetElement(image);
            }
        }
    }

    private static Vector512<int> Labels(in Batch images, byte* labels)
    {
        if (images.IsInSetOrder && images.Count == Lanes)
        {
            Vector512<byte> sixteen = Vector128.Load(labels + images.Start).ToVector256Unsafe().ToVector512Unsafe();
            return Vector512.WidenLower(Vector512.WidenLower(sixteen)).AsInt32();
        }

        int* numbers = stackalloc int[Lanes];
        for (int image = 0; image < Lanes; image++)
        {
            numbers[image] = image < images.Count ? labels[images[image]] : NoLabel;
        }

        return Vector512.Load(numbers);
    }

    // The one place of the kernels where a loss is computed: −Σ Y·log A2, from the logits and not from A2, which is 0
    // in float32 for a label that has less than e⁻⁸⁷ of the probability. With s = z − max and S = Σ eˢ, log A2 is s −
    // log S, and since Y sums to 1, the loss is log S − (1 − ε)·s[label] − ε/10·Σ s. Leaves eˢ in place of z.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Losses(
        float* z, Vector512<int> label, float smoothing, out Vector512<float> sum, out Vector512<int> predicted)
    {
        Vector512<float> largest = Vector512.Load(z);
        for (int c = 1; c < Classes; c++)
        {
            largest = VectorMath.Larger(largest, Vector512.Load(z + (c * Lanes)));
        }

        Vector512<float> ofLabel = Vector512<float>.Zero, total = ofLabel;
        predicted = Vector512.Create(Classes);
        for (int c = Classes - 1; c >= 0; c--)
        {
            float* value = z + (c * Lanes);
            Vector512<float> s = Vector512.Load(value) - largest;
            Vector512<float> isLabel = Vector512.Equals(label, Vector512.Create(c)).AsSingle();
            ofLabel = Vector512.ConditionalSelect(isLabel, s, ofLabel);
            total += s;
            // The first of equals, since later ones come before it here.
            Vector512<int> isLargest = Vector512.Equals(s, Vector512<float>.Zero).AsInt32();
            predicted = Vector512.ConditionalSelect(isLargest, Vector512.Create(c), predicted);
            // + 0·s: nothing changes, unless a logit is not finite; then the loss must not be, either.
            Vector512.FusedMultiplyAdd(s, Vector512<float>.Zero, VectorMath.Exp(s)).Store(value);
        }

        sum = SumOfClasses(z);
        Vector512<float> losses = Vector512.FusedMultiplyAdd(
            Vector512.Create(smoothing - 1), ofLabel, VectorMath.Log(sum));
        return smoothing > 0
            ? Vector512.FusedMultiplyAdd(Vector512.Create(-smoothing / Classes), total, losses)
            : losses;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SumOfClasses(float* e)
    {
        Vector512<float> a = Vector512.Load(e) + Vector512.Load(e + (8 * Lanes)) + Vector512.Load(e + (4 * Lanes));
        Vector512<float> b =
            Vector512.Load(e + Lanes) + Vector512.Load(e + (9 * Lanes)) + Vector512.Load(e + (5 * Lanes));
        Vector512<float> c = Vector512.Load(e + (2 * Lanes)) + Vector512.Load(e + (6 * Lanes));
        Vector512<float> d = Vector512.Load(e + (3 * Lanes)) + Vector512.Load(e + (7 * Lanes));
        return (a + c) + (b + d);
    }
}
