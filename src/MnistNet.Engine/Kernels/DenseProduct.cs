using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// The one matrix product of all dense layers: C[r] = C₀[r] + Σₜ A[r,t]·B[t], where B[t], C[r] and C₀[r] are one or two vectors wide.
/// Forward propagation, backpropagation and dW are this product with other strides. Each sum runs over t in order, in one chain,
/// so that its bits do not depend on how the rows are shared out.
/// </summary>
internal static unsafe class DenseProduct
{
    /// <param name="a">A.</param>
    /// <param name="aRow">The distance in A from a row to the next.</param>
    /// <param name="aStep">The distance in A from a t to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="bStep">The distance in B from a t to the next.</param>
    /// <param name="start">C₀: a bias (row distance 0), or C itself to add to it.</param>
    /// <param name="startRow">The distance in C₀ from a row to the next.</param>
    /// <param name="c">C.</param>
    /// <param name="cRow">The distance in C from a row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="steps">The number of terms of each sum.</param>
    /// <param name="vectors">How many vectors B and C are wide: 1 or 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float* a, long aRow, long aStep, float* b, long bStep, float* start, long startRow, float* c, long cRow, int rows, int steps, int vectors)
    {
        int block = vectors == 1 ? 8 : 4;
        int r = 0;
        for (; r <= rows - block; r += block)
        {
            if (vectors == 1)
            {
                EightRows(a + (r * aRow), aRow, aStep, b, bStep, start + (r * startRow), startRow, c + (r * cRow), cRow, steps);
            }
            else
            {
                FourRowsOfTwo(a + (r * aRow), aRow, aStep, b, bStep, start + (r * startRow), startRow, c + (r * cRow), cRow, steps);
            }
        }

        for (; r < rows; r++)
        {
            for (int v = 0; v < vectors; v++)
            {
                OneRow(a + (r * aRow), aStep, b + (v * 16), bStep, start + (r * startRow) + (v * 16), c + (r * cRow) + (v * 16), steps);
            }
        }
    }

    // Eight rows at once: B[t] is loaded once for all, and eight sums hide the four cycles of a multiply-add.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRows(float* a, long aRow, long aStep, float* b, long bStep, float* start, long startRow, float* c, long cRow, int steps)
    {
        Vector512<float> c0 = Vector512.Load(start), c1 = Vector512.Load(start + startRow);
        Vector512<float> c2 = Vector512.Load(start + (2 * startRow)), c3 = Vector512.Load(start + (3 * startRow));
        Vector512<float> c4 = Vector512.Load(start + (4 * startRow)), c5 = Vector512.Load(start + (5 * startRow));
        Vector512<float> c6 = Vector512.Load(start + (6 * startRow)), c7 = Vector512.Load(start + (7 * startRow));
        float* low = a, high = a + (4 * aRow);
        for (int t = 0; t < steps; t++)
        {
            Vector512<float> bt = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(low[0]), bt, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(low[aRow]), bt, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(low[2 * aRow]), bt, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(low[3 * aRow]), bt, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(high[0]), bt, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(high[aRow]), bt, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(high[2 * aRow]), bt, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(high[3 * aRow]), bt, c7);
            low += aStep;
            high += aStep;
            b += bStep;
        }

        c0.Store(c);
        c1.Store(c + cRow);
        c2.Store(c + (2 * cRow));
        c3.Store(c + (3 * cRow));
        c4.Store(c + (4 * cRow));
        c5.Store(c + (5 * cRow));
        c6.Store(c + (6 * cRow));
        c7.Store(c + (7 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRowsOfTwo(float* a, long aRow, long aStep, float* b, long bStep, float* start, long startRow, float* c, long cRow, int steps)
    {
        Vector512<float> c0 = Vector512.Load(start), d0 = Vector512.Load(start + 16);
        Vector512<float> c1 = Vector512.Load(start + startRow), d1 = Vector512.Load(start + startRow + 16);
        Vector512<float> c2 = Vector512.Load(start + (2 * startRow)), d2 = Vector512.Load(start + (2 * startRow) + 16);
        Vector512<float> c3 = Vector512.Load(start + (3 * startRow)), d3 = Vector512.Load(start + (3 * startRow) + 16);
        for (int t = 0; t < steps; t++)
        {
            Vector512<float> bt = Vector512.Load(b), ct = Vector512.Load(b + 16);
            Vector512<float> a0 = Vector512.Create(a[0]), a1 = Vector512.Create(a[aRow]);
            Vector512<float> a2 = Vector512.Create(a[2 * aRow]), a3 = Vector512.Create(a[3 * aRow]);
            c0 = Vector512.FusedMultiplyAdd(a0, bt, c0);
            d0 = Vector512.FusedMultiplyAdd(a0, ct, d0);
            c1 = Vector512.FusedMultiplyAdd(a1, bt, c1);
            d1 = Vector512.FusedMultiplyAdd(a1, ct, d1);
            c2 = Vector512.FusedMultiplyAdd(a2, bt, c2);
            d2 = Vector512.FusedMultiplyAdd(a2, ct, d2);
            c3 = Vector512.FusedMultiplyAdd(a3, bt, c3);
            d3 = Vector512.FusedMultiplyAdd(a3, ct, d3);
            a += aStep;
            b += bStep;
        }

        c0.Store(c);
        d0.Store(c + 16);
        c1.Store(c + cRow);
        d1.Store(c + cRow + 16);
        c2.Store(c + (2 * cRow));
        d2.Store(c + (2 * cRow) + 16);
        c3.Store(c + (3 * cRow));
        d3.Store(c + (3 * cRow) + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(float* a, long aStep, float* b, long bStep, float* start, float* c, int steps)
    {
        Vector512<float> sum = Vector512.Load(start);
        for (int t = 0; t < steps; t++)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(*a), Vector512.Load(b), sum);
            a += aStep;
            b += bStep;
        }

        sum.Store(c);
    }
}
