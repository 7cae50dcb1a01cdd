namespace MnistNet;

/// <summary>Matrices as pictures: images in the rows or the columns, or one picture of all numbers.</summary>
internal static class MatrixPictures
{
    private const int Side = 28, PixelCount = Side * Side;

    /// <summary>The most pictures that are drawn of one matrix.</summary>
    public const int MostPictures = 256;

    /// <summary>The images in a matrix such as W1 (784 columns), X (784 rows) or a single picture.</summary>
    public static IEnumerable<Picture> Of(Matrix matrix)
    {
        double low = matrix.Min(), high = matrix.Max(), limit = Math.Max(high, -low);
        if (matrix.ColumnCount == PixelCount)
        {
            return Enumerable.Range(0, Math.Min(matrix.RowCount, MostPictures)).Select(row => Make(
                Side, Side, Enumerable.Range(0, PixelCount).Select(column => matrix[row, column]),
                Name(row, matrix.RowCount)));
        }

        if (matrix.RowCount == PixelCount)
        {
            return Enumerable.Range(0, Math.Min(matrix.ColumnCount, MostPictures)).Select(column => Make(
                Side, Side, Enumerable.Range(0, PixelCount).Select(row => matrix[row, column]),
                Name(column, matrix.ColumnCount)));
        }

        return [Make(
            matrix.RowCount,
            matrix.ColumnCount,
            Enumerable.Range(0, matrix.RowCount * matrix.ColumnCount)
                .Select(i => matrix[i / matrix.ColumnCount, i % matrix.ColumnCount]),
            matrix.ToString())];

        Picture Make(int rows, int columns, IEnumerable<double> values, string caption) => low < 0
            ? Picture.OfWeights(rows, columns, values, limit, caption)
            : new Picture(PictureKind.Ink, rows, columns, [.. values.Select(value => Picture.Scale(value, limit))],
                [caption]);

        string Name(int position, int count) => count == 1
            ? matrix.ToString()
            : FormattableString.Invariant($"{matrix.Name} {position}").Trim();
    }
}
