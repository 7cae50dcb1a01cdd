using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <content>The functions that the layers of a network apply to Z.</content>
public sealed partial class Matrix
{
    /// <summary>The slope of leaky ReLU below 0.</summary>
    internal const double Leak = 0.01;

    /// <summary>max(z, 0) of each number.</summary>
    public Matrix ReLU() => Map(z => Math.Max(z, 0));

    /// <summary>z where z &gt; 0, else 0.01·z.</summary>
    public Matrix LeakyReLU() => Map(z => z > 0 ? z : Leak * z);

    /// <summary>The hyperbolic tangent of each number.</summary>
    public Matrix Tanh() => Map(Math.Tanh);

    /// <summary>1 / (1 + e⁻ᶻ) of each number.</summary>
    public Matrix Sigmoid() => Map(z => 1 / (1 + Math.Exp(-z)));

    /// <summary>e to the power of each number.</summary>
    public Matrix Exp() => Map(Math.Exp);

    /// <summary>The natural logarithm of each number.</summary>
    public Matrix Log() => Map(Math.Log);

    /// <summary>
    /// Each column as shares of one whole: eᶻ / Σ eᶻ. The largest number of the column is subtracted first, which
    /// changes no share, since e^(z−c) / Σ e^(z−c) has e⁻ᶜ above and below, and keeps e from overflowing.
    /// </summary>
    public Matrix Softmax()
    {
        var shares = new DenseMatrix(RowCount, ColumnCount);
        for (int c = 0; c < ColumnCount; c++)
        {
            ReadOnlySpan<double> z = Numbers.Slice(c * RowCount, RowCount);
            Span<double> share = shares.Values.AsSpan(c * RowCount, RowCount);
            double largest = double.NegativeInfinity, sum = 0;
            foreach (double number in z)
            {
                largest = Math.Max(largest, number);
            }

            for (int r = 0; r < RowCount; r++)
            {
                sum += share[r] = Math.Exp(z[r] - largest);
            }

            for (int r = 0; r < RowCount; r++)
            {
                share[r] /= sum;
            }
        }

        return new Matrix(shares);
    }

    /// <summary>
    /// log softmax of each column: z − c − log Σ e^(z−c), with c the column's largest number. From Z and not from A,
    /// since a probability below 10⁻³²³ is 0 in float64, and its logarithm would be −∞.
    /// </summary>
    public Matrix LogSoftmax()
    {
        var logs = new DenseMatrix(RowCount, ColumnCount);
        for (int c = 0; c < ColumnCount; c++)
        {
            ReadOnlySpan<double> z = Numbers.Slice(c * RowCount, RowCount);
            double largest = double.NegativeInfinity, sum = 0;
            foreach (double number in z)
            {
                largest = Math.Max(largest, number);
            }

            foreach (double number in z)
            {
                sum += Math.Exp(number - largest);
            }

            for (int r = 0; r < RowCount; r++)
            {
                logs.Values[(c * RowCount) + r] = z[r] - largest - Math.Log(sum);
            }
        }

        return new Matrix(logs);
    }
}
