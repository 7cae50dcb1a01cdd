using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <summary>
/// A named matrix of float64 numbers, as the formulas write it: <c>W1</c>, <c>Z1</c>, <c>dW2</c>. Immutable.
/// A column vector such as <c>b1</c> is a matrix with one column.
/// </summary>
public sealed class Matrix : IFormattable
{
    /// <summary>Wraps a MathNet matrix, which must not be changed afterwards.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="name">The symbol, such as <c>W1</c>; empty for a nameless intermediate.</param>
    internal Matrix(Matrix<double> values, string name = "")
    {
        Values = values;
        Name = name;
    }

    /// <summary>Makes a matrix of rows × columns numbers from a two-dimensional array, which is copied.</summary>
    /// <param name="values">The numbers; the first index is the row.</param>
    /// <param name="name">The symbol, such as <c>W1</c>.</param>
    /// <exception cref="ShapeException">The array is empty.</exception>
    public Matrix(double[,] values, string name = "")
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0)
        {
            throw new ShapeException($"A matrix needs at least one row and one column; found {values.GetLength(0)}×{values.GetLength(1)}.");
        }

        Values = DenseMatrix.OfArray(values);
        Name = name;
    }

    /// <summary>The symbol, such as <c>W1</c>; empty for a nameless intermediate.</summary>
    public string Name { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Values.RowCount;

    /// <summary>The number of columns.</summary>
    public int Columns => Values.ColumnCount;

    /// <summary>Rows × columns, such as <c>10×784</c>.</summary>
    public string Shape => string.Create(CultureInfo.InvariantCulture, $"{Rows}×{Columns}");

    /// <summary>The numbers as MathNet holds them.</summary>
    internal Matrix<double> Values { get; }

    /// <summary>The number in a row and a column, both counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public double this[int row, int column] => Values[row, column];

    /// <summary>The same numbers under another symbol.</summary>
    public Matrix Named(string name) => new(Values, name);

    /// <summary>Whether every number is finite: neither NaN nor infinite.</summary>
    public bool IsFinite() => Values.Storage.Find(value => !double.IsFinite(value), MathNet.Numerics.LinearAlgebra.Zeros.AllowSkip) is null;

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

    /// <summary>The numbers row after row, rounded to float32.</summary>
    internal float[] ToRowMajorSingles()
    {
        var result = new float[Rows * Columns];
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                result[(r * Columns) + c] = (float)Values.At(r, c);
            }
        }

        return result;
    }

    /// <summary>Name and shape, such as <c>W1 10×784</c>.</summary>
    public override string ToString() => Name.Length == 0 ? Shape : $"{Name} {Shape}";

    /// <inheritdoc/>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
