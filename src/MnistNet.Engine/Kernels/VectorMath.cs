using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// Exponential, logarithm and sums across a vector, made of exact additions, multiplications and fused multiply-adds
/// only: the same bits on every machine, whatever its width of vectors.
/// </summary>
internal static class VectorMath
{
    /// <summary>
    /// eˣ, to about 1 unit in the last place; 0 below −87. Cody–Waite reduction x = n·log 2 + r and the polynomial of
    /// degree 6 in the Cephes library (S. Moshier, <c>expf</c>, https://www.netlib.org/cephes).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> magic = Vector512.Create(12582912f); // 1.5·2²³: adding it rounds to a whole number.
        Vector512<float> inRange = Vector512.GreaterThan(x, Vector512.Create(-87f));
        Vector512<float> limited = Vector512.ConditionalSelect(
            Vector512.LessThan(x, Vector512.Create(88f)), x, Vector512.Create(88f));
        limited = Vector512.ConditionalSelect(inRange, limited, Vector512<float>.Zero);
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(limited, Vector512.Create(1.44269504088896341f), magic);
        Vector512<float> n = shifted - magic;
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), limited);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        Vector512<int> scale = Vector512.ShiftLeft(Vector512.ConvertToInt32Native(n) + Vector512.Create(127), 23);
        return Vector512.ConditionalSelect(inRange, p * scale.AsSingle(), Vector512<float>.Zero);
    }

    /// <summary>
    /// log x for positive normal numbers, to about 1 unit in the last place; NaN stays NaN. From the Cephes library (S.
    /// Moshier, <c>logf</c>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<int> bits = x.AsInt32();
        Vector512<float> e = Vector512.ConvertToSingle(Vector512.ShiftRightLogical(bits, 23) - Vector512.Create(126));
        Vector512<float> f = ((bits & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F000000)).AsSingle();
        Vector512<float> low = Vector512.LessThan(f, Vector512.Create(0.707106781186547524f));
        e -= Vector512.ConditionalSelect(low, Vector512<float>.One, Vector512<float>.Zero);
        f = f + Vector512.ConditionalSelect(low, f, Vector512<float>.Zero) - Vector512<float>.One;
        Vector512<float> z = f * f;
        Vector512<float> p = Vector512.Create(7.0376836292e-2f);
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-1.1514610310e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1.1676998740e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-1.2420140846e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1.4249322787e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-1.6668057665e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(2.0000714765e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-2.4999993993e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(3.3333331174e-1f));
        Vector512<float> y = p * f * z;
        y = Vector512.FusedMultiplyAdd(e, Vector512.Create(-2.12194440e-4f), y);
        y = Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), y);
        Vector512<float> result = Vector512.FusedMultiplyAdd(e, Vector512.Create(0.693359375f), f + y);
        // x·0 is 0, or NaN when x is not finite.
        return Vector512.FusedMultiplyAdd(x, Vector512<float>.Zero, result);
    }

    /// <summary>The sum of the 16 numbers, in one fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> v)
    {
        Vector256<float> half = v.GetLower() + v.GetUpper();
        Vector128<float> quarter = half.GetLower() + half.GetUpper();
        quarter += Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1));
        return quarter.ToScalar() + quarter.GetElement(1);
    }

    /// <summary>A value of a function of z, and NaN where z is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepNaN(Vector512<float> z, Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.Equals(z, z), value, z);

    /// <summary>
    /// 0 in place of numbers so small that they would soon be subnormal, where processors compute many times slower:
    /// what an optimiser remembers of a gradient that does not come again halves and halves.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> DropTiny(Vector512<float> state) =>
        Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512.Abs(state), Vector512.Create(1e-30f)), Vector512<float>.Zero, state);

    /// <summary>
    /// The larger of each two numbers; unspecified when one is NaN. The native maximum is one instruction; how machines
    /// treat NaN and −0 in it does not matter, since the maximum is only subtracted again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Larger(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);
}
