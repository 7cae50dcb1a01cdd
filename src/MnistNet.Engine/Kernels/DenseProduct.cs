using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>A matrix of single numbers: A[r, t] lies at <c>first + r·row + t·step</c>.</summary>
/// <param name="first">A[0, 0].</param>
/// <param name="row">The distance from a row to the next.</param>
/// <param name="step">The distance from a t to the next.</param>
internal readonly unsafe struct Factors(float* first, long row, long step)
{
    public readonly float* First = first;
    public readonly long Row = row;
    public readonly long Step = step;

    /// <summary>The factors from a row on.</summary>
    public Factors From(int row) => new(First + (row * Row), Row, Step);
}

/// <summary>A matrix whose rows are one or two vectors wide; with distance 0, one row that stands for all.</summary>
/// <param name="first">The first row.</param>
/// <param name="distance">From a row to the next.</param>
internal readonly unsafe struct VectorRows(float* first, long distance)
{
    public readonly float* First = first;
    public readonly long Distance = distance;

    /// <summary>The rows from one on.</summary>
    public VectorRows From(int row) => new(First + (row * Distance), Distance);

    /// <summary>The second vector of each row.</summary>
    public VectorRows Upper() => new(First + NetworkLayout.Lanes, Distance);
}

/// <summary>
/// The one matrix product of all dense layers: C[r] = C₀[r] + Σₜ A[r,t]·B[t], where B[t], C[r] and C₀[r] are one or two
/// vectors wide. Forward propagation, backpropagation and dW are this product with other distances. Each sum runs over
/// t in order, in one chain, so that its bits do not depend on how the rows are shared out.
/// </summary>
internal static unsafe class DenseProduct
{
    private const int Lanes = NetworkLayout.Lanes;

    /// <summary>C = C₀ + A·B.</summary>
    /// <param name="a">A: rows × steps.</param>
    /// <param name="b">B: a row for each step.</param>
    /// <param name="start">C₀: a bias, at distance 0, or C itself to add to it.</param>
    /// <param name="c">C.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="steps">The number of terms of each sum.</param>
    /// <param name="vectors">How many vectors B and C are wide: 1 or 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        Factors a, VectorRows b, VectorRows start, VectorRows c, int rows, int steps, int vectors)
    {
        int block = vectors == 1 ? 8 : 4;
        int r = 0;
        for (; r <= rows - block; r += block)
        {
            if (vectors == 1)
            {
                EightRows(a.From(r), b, start.From(r), c.From(r), steps);
            }
            else
            {
                FourRowsOfTwo(a.From(r), b, start.From(r), c.From(r), steps);
            }
        }

        for (; r < rows; r++)
        {
            OneRow(a.From(r), b, start.From(r), c.From(r), steps);
            if (vectors == 2)
            {
                OneRow(a.From(r), b.Upper(), start.Upper().From(r), c.Upper().From(r), steps);
            }
        }
    }

    // Eight rows at once: B[t] is loaded once for all, and eight sums hide the four cycles of a multiply-add.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRows(Factors a, VectorRows b, VectorRows start, VectorRows c, int steps)
    {
        float* s = start.First;
        long next = start.Distance;
        Vector512<float> c0 = Vector512.Load(s), c1 = Vector512.Load(s + next);
        Vector512<float> c2 = Vector512.Load(s + (2 * next)), c3 = Vector512.Load(s + (3 * next));
        Vector512<float> c4 = Vector512.Load(s + (4 * next)), c5 = Vector512.Load(s + (5 * next));
        Vector512<float> c6 = Vector512.Load(s + (6 * next)), c7 = Vector512.Load(s + (7 * next));
        float* low = a.First, high = a.First + (4 * a.Row), vector = b.First;
        long row = a.Row, step = a.Step, distance = b.Distance;
        for (int t = 0; t < steps; t++)
        {
            Vector512<float> bt = Vector512.Load(vector);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(low[0]), bt, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(low[row]), bt, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(low[2 * row]), bt, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(low[3 * row]), bt, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(high[0]), bt, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(high[row]), bt, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(high[2 * row]), bt, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(high[3 * row]), bt, c7);
            low += step;
            high += step;
            vector += distance;
        }

        float* target = c.First;
        next = c.Distance;
        c0.Store(target);
        c1.Store(target + next);
        c2.Store(target + (2 * next));
        c3.Store(target + (3 * next));
        c4.Store(target + (4 * next));
        c5.Store(target + (5 * next));
        c6.Store(target + (6 * next));
        c7.Store(target + (7 * next));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRowsOfTwo(Factors a, VectorRows b, VectorRows start, VectorRows c, int steps)
    {
        float* s = start.First;
        long next = start.Distance;
        Vector512<float> c0 = Vector512.Load(s), d0 = Vector512.Load(s + Lanes);
        Vector512<float> c1 = Vector512.Load(s + next), d1 = Vector512.Load(s + next + Lanes);
        Vector512<float> c2 = Vector512.Load(s + (2 * next)), d2 = Vector512.Load(s + (2 * next) + Lanes);
        Vector512<float> c3 = Vector512.Load(s + (3 * next)), d3 = Vector512.Load(s + (3 * next) + Lanes);
        float* factor = a.First, vector = b.First;
        long row = a.Row, step = a.Step, distance = b.Distance;
        for (int t = 0; t < steps; t++)
        {
            Vector512<float> bt = Vector512.Load(vector), ct = Vector512.Load(vector + Lanes);
            Vector512<float> a0 = Vector512.Create(factor[0]), a1 = Vector512.Create(factor[row]);
            Vector512<float> a2 = Vector512.Create(factor[2 * row]), a3 = Vector512.Create(factor[3 * row]);
            c0 = Vector512.FusedMultiplyAdd(a0, bt, c0);
            d0 = Vector512.FusedMultiplyAdd(a0, ct, d0);
            c1 = Vector512.FusedMultiplyAdd(a1, bt, c1);
            d1 = Vector512.FusedMultiplyAdd(a1, ct, d1);
            c2 = Vector512.FusedMultiplyAdd(a2, bt, c2);
            d2 = Vector512.FusedMultiplyAdd(a2, ct, d2);
            c3 = Vector512.FusedMultiplyAdd(a3, bt, c3);
            d3 = Vector512.FusedMultiplyAdd(a3, ct, d3);
            factor += step;
            vector += distance;
        }

        float* target = c.First;
        next = c.Distance;
        c0.Store(target);
        d0.Store(target + Lanes);
        c1.Store(target + next);
        d1.Store(target + next + Lanes);
        c2.Store(target + (2 * next));
        d2.Store(target + (2 * next) + Lanes);
        c3.Store(target + (3 * next));
        d3.Store(target + (3 * next) + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(Factors a, VectorRows b, VectorRows start, VectorRows c, int steps)
    {
        Vector512<float> sum = Vector512.Load(start.First);
        float* factor = a.First, vector = b.First;
        for (int t = 0; t < steps; t++)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(*factor), Vector512.Load(vector), sum);
            factor += a.Step;
            vector += b.Distance;
        }

        sum.Store(c.First);
    }
}
