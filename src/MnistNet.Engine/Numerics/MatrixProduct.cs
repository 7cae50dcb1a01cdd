using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <summary>
/// The two products in which X takes part. Four of five entries of X are 0, and a product that passes over them is
/// several times as fast as one that does not (0 times anything is 0 here); hence these, beside MathNet's. Each sum has
/// one order, so the result does not depend on the number of cores.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>A·B, column by column: column j of the product is Σₖ B[k,j] · (column k of A).</summary>
    public static DenseMatrix Multiply(DenseMatrix a, DenseMatrix b, CancellationToken cancellation = default)
    {
        var product = new DenseMatrix(a.RowCount, b.ColumnCount);
        for (int j = 0; j < b.ColumnCount; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<double> sum = Column(product, j);
            ReadOnlySpan<double> factors = Column(b, j);
            for (int k = 0; k < factors.Length; k++)
            {
                if (factors[k] != 0)
                {
                    AddScaled(factors[k], Column(a, k), sum);
                }
            }
        }

        return product;
    }

    /// <summary>
    /// A·Bᵀ as a sum over the columns of both: column k of the product is Σⱼ B[k,j] · (column j of A).
    /// </summary>
    public static DenseMatrix MultiplyByTranspose(DenseMatrix a, DenseMatrix b)
    {
        var product = new DenseMatrix(a.RowCount, b.RowCount);
        for (int j = 0; j < b.ColumnCount; j++)
        {
            ReadOnlySpan<double> left = Column(a, j), factors = Column(b, j);
            for (int k = 0; k < factors.Length; k++)
            {
                if (factors[k] != 0)
                {
                    AddScaled(factors[k], left, Column(product, k));
                }
            }
        }

        return product;
    }

    private static Span<double> Column(DenseMatrix matrix, int column) =>
        matrix.Values.AsSpan(column * matrix.RowCount, matrix.RowCount);

    private static void AddScaled(double factor, ReadOnlySpan<double> values, Span<double> sum)
    {
        ReadOnlySpan<Vector<double>> wideValues = MemoryMarshal.Cast<double, Vector<double>>(values);
        Span<Vector<double>> wideSum = MemoryMarshal.Cast<double, Vector<double>>(sum);
        for (int i = 0; i < wideSum.Length; i++)
        {
            wideSum[i] += factor * wideValues[i];
        }

        for (int i = wideSum.Length * Vector<double>.Count; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }
}
