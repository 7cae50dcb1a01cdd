using System.Diagnostics.CodeAnalysis;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <content>
/// The arithmetic of the formulas, spelled as NumPy spells it, but with <c>*</c> for the matrix product. The results
/// are nameless. In sums, differences and elementwise products a column (10×1) stretches over all columns of the other
/// operand (10×m), and a row (1×m) over all its rows.
/// </content>
public sealed partial class Matrix
{
    /// <summary>The matrix product: 10×784 · 784×m gives 10×m.</summary>
    /// <exception cref="ShapeException">The left matrix has not as many columns as the right one has rows.</exception>
    public static Matrix operator *(Matrix left, Matrix right) => Multiply(left, right, CancellationToken.None);

    /// <summary>The matrix product, which can be interrupted: that of many images takes seconds.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static Matrix Multiply(Matrix left, Matrix right, CancellationToken cancellation)
    {
        CheckBoth(left, right, "·");
        if (left.ColumnCount != right.RowCount)
        {
            throw new ShapeException(
                $"{left.Shape} · {right.Shape}: {left.Described} and {right.Described} do not fit. The left matrix "
                + $"needs as many columns as the right one has rows; found {left.ColumnCount} and {right.RowCount}. "
                + $"(For the product of numbers in the same place use Hadamard.)");
        }

        Matrix<double> product = (left._transposed, right._transposed) switch
        {
            (null, null) => MatrixProduct.Multiply(left.Values, right.Values, cancellation),
            ({ } a, null) => a.Values.TransposeThisAndMultiply(right.Values),
            (null, { } b) => MatrixProduct.MultiplyByTranspose(left.Values, b.Values),
            // AᵀBᵀ = (BA)ᵀ.
            ({ } a, { } b) => (b.Values * a.Values).Transpose(),
        };
        return new Matrix(product);
    }

    /// <summary>Every number times a factor.</summary>
    public static Matrix operator *(double factor, Matrix matrix) => new(factor * matrix.Values);

    /// <summary>Every number times a factor.</summary>
    public static Matrix operator *(Matrix matrix, double factor) => factor * matrix;

    /// <summary>Every number divided by a divisor.</summary>
    public static Matrix operator /(Matrix matrix, double divisor) => new(matrix.Values / divisor);

    /// <summary>The sum, number by number; a column or a row is stretched.</summary>
    /// <exception cref="ShapeException">The shapes differ, and neither is a column or a row of the other.</exception>
    public static Matrix operator +(Matrix left, Matrix right) => Combine(left, right, "+", (a, b) => a + b);

    /// <summary>A number added to every number.</summary>
    public static Matrix operator +(Matrix matrix, double number) => new(matrix.Values + number);

    /// <summary>A number added to every number.</summary>
    public static Matrix operator +(double number, Matrix matrix) => matrix + number;

    /// <summary>The difference, number by number; a column or a row is stretched.</summary>
    /// <exception cref="ShapeException">The shapes differ, and neither is a column or a row of the other.</exception>
    public static Matrix operator -(Matrix left, Matrix right) => Combine(left, right, "−", (a, b) => a - b);

    /// <summary>A number taken from every number.</summary>
    public static Matrix operator -(Matrix matrix, double number) => new(matrix.Values - number);

    /// <summary>Every number taken from a number.</summary>
    public static Matrix operator -(double number, Matrix matrix) => new(number - matrix.Values);

    /// <summary>Every number with its sign changed.</summary>
    public static Matrix operator -(Matrix matrix) => new(-matrix.Values);

    /// <summary>
    /// The elementwise product ∘ (J. Hadamard): each number times the number in the same place; a column or a row is
    /// stretched.
    /// </summary>
    /// <exception cref="ShapeException">The shapes differ, and neither is a column or a row of the other.</exception>
    public Matrix Hadamard(Matrix other) => Combine(this, other, "∘", (a, b) => a * b);

    /// <summary>1 where a number is greater than the bound, else 0: [Z1 &gt; 0] of the formulas.</summary>
    public Matrix GreaterThan(double bound) => Map(value => value > bound ? 1 : 0);

    /// <summary>A function of each number.</summary>
    public Matrix Map(Func<double, double> function)
    {
        var result = new DenseMatrix(RowCount, ColumnCount);
        ReadOnlySpan<double> numbers = Numbers;
        for (int i = 0; i < numbers.Length; i++)
        {
            result.Values[i] = function(numbers[i]);
        }

        return new Matrix(result);
    }

    /// <summary>The sum of all numbers.</summary>
    public double Sum() => Values.Values.Sum();

    /// <summary>The sum of each row: rows × 1. In db2, for example, the sum over all images.</summary>
    public Matrix RowSums() => new(Values.RowSums().ToColumnMatrix());

    /// <summary>The sum of each column: 1 × columns.</summary>
    public Matrix ColumnSums() => new(Values.ColumnSums().ToRowMatrix());

    /// <summary>The mean of all numbers.</summary>
    public double Mean() => Sum() / RowCount / ColumnCount;

    /// <summary>The smallest number.</summary>
    public double Min() => Values.Values.Min();

    /// <summary>The largest number.</summary>
    public double Max() => Values.Values.Max();

    /// <summary>The Euclidean length: the root of the sum of all squares.</summary>
    public double Norm() => Values.FrobeniusNorm();

    /// <summary>
    /// For each column the row of its largest number, the first of equals: in A2, the predicted digit of each image.
    /// </summary>
    public int[] ArgMax()
    {
        var largest = new int[ColumnCount];
        for (int c = 0; c < ColumnCount; c++)
        {
            ReadOnlySpan<double> column = Numbers.Slice(c * RowCount, RowCount);
            for (int r = 1; r < RowCount; r++)
            {
                largest[c] = column[r] > column[largest[c]] ? r : largest[c];
            }
        }

        return largest;
    }

    /// <summary>One row, or several, counted from 0: <c>W1.Row(0)</c>, and <c>W1.Row(0..4)</c> at a prompt.</summary>
    /// <exception cref="ShapeException">There is no such row.</exception>
    public Matrix Row(params int[] indexes) =>
        new(DenseMatrix.OfRowVectors(Present(indexes, RowCount, "rows").Select(Values.Row)));

    /// <summary>One column, or several, counted from 0: <c>X.Column(3)</c> is the fourth image.</summary>
    /// <exception cref="ShapeException">There is no such column.</exception>
    public Matrix Column(params int[] indexes) =>
        new(DenseMatrix.OfColumnVectors(Present(indexes, ColumnCount, "columns").Select(Values.Column)));

    private int[] Present(int[] indexes, int count, string what)
    {
        if (indexes.Length > 0 && Array.TrueForAll(indexes, index => (uint)index < (uint)count))
        {
            return indexes;
        }

        string absent = string.Join(", ", indexes.Where(index => (uint)index >= (uint)count).Take(5));
        throw new ShapeException(
            $"{this} has {what} 0 to {count - 1}; asked for {(indexes.Length == 0 ? "none" : absent)}.",
            "NoSuchRowOrColumn");
    }

    // A symbol that a network does not have, such as b3 of one with two layers, is null at the prompt.
    private static void CheckBoth([NotNull] Matrix? left, [NotNull] Matrix? right, string sign)
    {
        if (left is null || right is null)
        {
            throw new ShapeException(
                $"{left?.Described ?? "null"} {sign} {right?.Described ?? "null"}: a matrix is needed on both sides, "
                + $"and null is none. Look at how its name is spelled.", "NoMatrix");
        }
    }

    private static Matrix Combine(Matrix left, Matrix right, string sign, Func<double, double, double> function)
    {
        CheckBoth(left, right, sign);
        if (!Stretches(left.RowCount, right.RowCount) || !Stretches(left.ColumnCount, right.ColumnCount))
        {
            throw new ShapeException(
                $"{left.Shape} {sign} {right.Shape}: {left.Described} and {right.Described} do not fit. They must have "
                + $"one shape, or one of them must be a column or a row of the other's length.");
        }

        // A stretched row or column stays where it is while the other operand moves on.
        int rows = Math.Max(left.RowCount, right.RowCount), columns = Math.Max(left.ColumnCount, right.ColumnCount);
        (int leftDown, int leftAcross) = (left.RowCount == 1 ? 0 : 1, left.ColumnCount == 1 ? 0 : left.RowCount);
        (int rightDown, int rightAcross) = (right.RowCount == 1 ? 0 : 1, right.ColumnCount == 1 ? 0 : right.RowCount);
        ReadOnlySpan<double> a = left.Numbers, b = right.Numbers;
        var result = new DenseMatrix(rows, columns);
        double[] values = result.Values;
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < rows; r++)
            {
                values[(c * rows) + r] = function(
                    a[(c * leftAcross) + (r * leftDown)],
                    b[(c * rightAcross) + (r * rightDown)]);
            }
        }

        return new Matrix(result);
    }

    private static bool Stretches(int left, int right) => left == right || left == 1 || right == 1;

    /// <summary>How a message calls this matrix.</summary>
    private string Described => Name.Length == 0 ? "a nameless matrix" : Name;
}
