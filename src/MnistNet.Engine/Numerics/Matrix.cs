using System.Collections;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <summary>
/// A named matrix of float64 numbers, as the formulas write it: <c>W1</c>, <c>Z1</c>, <c>dW2</c>. Immutable.
/// A column vector such as <c>b1</c> is a matrix with one column. It is deliberately not enumerable: at a prompt it
/// stays one object and prints as a corner of its values.
/// </summary>
public sealed partial class Matrix : IFormattable
{
    /// <summary>What this matrix is the transpose of; null for one with numbers of its own.</summary>
    private readonly Matrix? _transposed;
    private DenseMatrix? _values;

    /// <summary>Wraps a MathNet matrix, which must not be changed afterwards.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="name">The symbol, such as <c>W1</c>; empty for a nameless intermediate.</param>
    internal Matrix(Matrix<double> values, string name = "")
    {
        _values = (DenseMatrix)values;
        RowCount = values.RowCount;
        ColumnCount = values.ColumnCount;
        Name = name;
    }

    /// <summary>Makes a matrix of rows × columns numbers from a two-dimensional array, which is copied.</summary>
    /// <param name="values">The numbers; the first index is the row.</param>
    /// <param name="name">The symbol, such as <c>W1</c>.</param>
    /// <exception cref="ShapeException">The array is empty.</exception>
    public Matrix(double[,] values, string name = "")
        : this(Dense(values), name)
    {
    }

    /// <summary>
    /// Makes a matrix from a list of rows, each a list of numbers, or a column vector from a plain list of numbers.
    /// At a prompt: <c>[MnistNet.Matrix]((1, 2), (3, 4))</c> and <c>[MnistNet.Matrix](-2.1, 5.5, 0.1)</c>.
    /// </summary>
    /// <param name="rows">Rows of equal length, or numbers.</param>
    /// <exception cref="ShapeException">There are no numbers, the rows differ in length, or something is not a
    /// number.</exception>
    public Matrix(IEnumerable rows)
        : this(MatrixLiteral.Read(rows))
    {
    }

    private Matrix(Matrix transposed)
    {
        _transposed = transposed;
        RowCount = transposed.ColumnCount;
        ColumnCount = transposed.RowCount;
        Name = transposed.Name.Length == 0 ? "" : transposed.Name + "ᵀ";
    }

    /// <summary>The symbol, such as <c>W1</c>; empty for a nameless intermediate.</summary>
    public string Name { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Rows × columns, such as <c>10×784</c>.</summary>
    public string Shape => string.Create(CultureInfo.InvariantCulture, $"{RowCount}×{ColumnCount}");

    /// <summary>
    /// The transpose: rows become columns. Nothing is copied until its numbers are asked for, and a product with it
    /// never copies: <c>dZ2 * A1.T</c> costs no more than the product itself.
    /// </summary>
    public Matrix Transpose() => _transposed ?? new Matrix(this);

    /// <summary>The numbers, row by row; each row is a copy of its own.</summary>
    public IReadOnlyList<double[]> Rows => [.. Enumerable.Range(0, RowCount).Select(
        r => Enumerable.Range(0, ColumnCount).Select(c => this[r, c]).ToArray())];

    /// <summary>The numbers as MathNet holds them.</summary>
    internal DenseMatrix Values => _values ??= (DenseMatrix)_transposed!.Values.Transpose();

    /// <summary>The numbers column after column, as MathNet lays them out.</summary>
    internal ReadOnlySpan<double> Numbers => Values.Values;

    /// <summary>The number in a row and a column, both counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public double this[int row, int column] => _transposed is null ? Values[row, column] : _transposed[column, row];

    /// <summary>The same numbers under another symbol.</summary>
    public Matrix Named(string name) => new(Values, name);

    /// <summary>Whether every number is finite: neither NaN nor infinite.</summary>
    public bool IsFinite() => Array.TrueForAll(Values.Values, double.IsFinite);

    /// <summary>Makes a matrix from float32 numbers laid out row after row.</summary>
    internal static Matrix FromRowMajor(int rows, int columns, ReadOnlySpan<float> values, string name)
    {
        var matrix = new DenseMatrix(rows, columns);
        double[] store = matrix.Values;
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                store[(c * rows) + r] = values[(r * columns) + c];
            }
        }

        return new Matrix(matrix, name);
    }

    private static DenseMatrix Dense(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0
            ? throw new ShapeException(
                $"A matrix needs at least one row and one column; found {values.GetLength(0)}×{values.GetLength(1)}.")
            : DenseMatrix.OfArray(values);
    }

    /// <summary>Name and shape, such as <c>W1 10×784</c>.</summary>
    public override string ToString() => Name.Length == 0 ? Shape : $"{Name} {Shape}";

    /// <inheritdoc/>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
