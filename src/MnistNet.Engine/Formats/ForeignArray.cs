using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <summary>An array of another program's file that may be a weight matrix or a bias vector.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="At">The number at a position, rows after each other.</param>
internal sealed record ForeignArray(string Name, int[] Shape, Func<int, double> At)
{
    /// <summary>
    /// Whether it is a weight matrix. A matrix with one row or column is a vector, unless it has a weight's name.
    /// </summary>
    public bool IsMatrix => Shape.Length == 2
        && (Math.Min(Rows, Columns) > 1 || Name.Contains("weight", StringComparison.OrdinalIgnoreCase)
            || Name.StartsWith('W') || Name.Contains("kernel", StringComparison.OrdinalIgnoreCase));

    /// <summary>The first dimension of a matrix.</summary>
    public int Rows => Shape[0];

    /// <summary>The second dimension of a matrix.</summary>
    public int Columns => Shape[1];

    /// <summary>The number of numbers.</summary>
    public int Length => Shape.Aggregate(1, (length, size) => length * size);

    /// <summary>Such as <c>10×784</c>.</summary>
    public string ShapeText => Shape.Length == 0 ? "a single number" : string.Join('×', Shape);

    /// <summary>The matrix, turned over when the file has it so.</summary>
    public Matrix ToMatrix(string symbol, bool transposed) => new(
        transposed
            ? DenseMatrix.Create(Columns, Rows, (r, c) => At((c * Columns) + r))
            : DenseMatrix.Create(Rows, Columns, (r, c) => At((r * Columns) + c)),
        symbol);

    /// <summary>The vector as a column.</summary>
    public Matrix ToColumn(string symbol) => new(DenseMatrix.Create(Length, 1, (r, _) => At(r)), symbol);
}
