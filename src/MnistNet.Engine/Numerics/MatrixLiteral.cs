using System.Collections;
using System.Globalization;

namespace MnistNet;

/// <summary>Reads a matrix from the lists of numbers that a person types: rows of numbers, or one column.</summary>
internal static class MatrixLiteral
{
    /// <exception cref="ShapeException">There are no numbers, the rows differ in length, or something is not a
    /// number.</exception>
    public static double[,] Read(IEnumerable rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows is double[,] array)
        {
            return array;
        }

        double[][] read = [.. rows.Cast<object?>().Select(row => row is IEnumerable numbers and not string
            ? [.. numbers.Cast<object?>().Select(Number)]
            : new[] { Number(row) })];
        int columns = read.Length == 0 ? 0 : read[0].Length;
        var values = new double[read.Length, columns];
        for (int r = 0; r < read.Length; r++)
        {
            if (read[r].Length != columns)
            {
                throw new ShapeException(
                    $"Row {r} has {read[r].Length} numbers, row 0 has {columns}: the rows of a matrix have one "
                    + $"length.");
            }

            for (int c = 0; c < columns; c++)
            {
                values[r, c] = read[r][c];
            }
        }

        return values;
    }

    private static double Number(object? value)
    {
        // Numbers that a shell has wrapped, or read from a file, come as something that prints as a number.
        return value is IConvertible and not (string or bool or char or DateTime)
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : double.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw new ShapeException(
                    $"'{value}' is not a number: a matrix is made of rows of numbers, such as ((1, 2), (3, "
                    + $"4)).", "NotANumber");
    }
}
