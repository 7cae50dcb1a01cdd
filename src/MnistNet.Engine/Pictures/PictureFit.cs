namespace MnistNet;

/// <summary>Chooses how many cells a picture gets on a screen.</summary>
internal static class PictureFit
{
    /// <summary>The most cells of a side: more than this is scrolled past, not seen.</summary>
    private const int MostCells = 64;

    private const int SmallCells = 14;

    /// <summary>The picture, shrunk until it fits.</summary>
    public static Picture Fit(Picture picture, PictureSize size, Screen screen)
    {
        int most = size switch
        {
            PictureSize.Full => MostCells,
            PictureSize.Small => SmallCells,
            _ => throw new SettingException("Size", $"There is no size {size}; choose Full or Small."),
        };
        int factor = Math.Max(Shares(picture.Columns, Math.Min(most, screen.Width)), Shares(picture.Rows, most));
        return picture.Shrink(factor);
    }

    /// <summary>
    /// A matrix as a heat map: a line for each row when there are few, two rows a line when there are many.
    /// </summary>
    /// <param name="matrix">The numbers.</param>
    /// <param name="rowNames">What the rows are called.</param>
    /// <param name="screen">Where it is shown.</param>
    public static Picture HeatMap(Matrix matrix, IReadOnlyList<string> rowNames, Screen screen)
    {
        bool isNamed = matrix.RowCount <= MostCells / 2;
        int room = screen.Width - (isNamed ? rowNames.Max(name => name.Length) + 1 : 0);
        int rows = isNamed ? 2 * matrix.RowCount : Cells(matrix.RowCount, MostCells);
        int columns = 2 * matrix.ColumnCount <= room ? 2 * matrix.ColumnCount : Cells(matrix.ColumnCount, room);
        double limit = Math.Max(matrix.Max(), -matrix.Min());
        var levels = new double[rows * columns];
        for (int r = 0; r < matrix.RowCount; r++)
        {
            for (int c = 0; c < matrix.ColumnCount; c++)
            {
                Keep(Picture.Scale(matrix[r, c], limit), Span(r, matrix.RowCount, rows),
                    Span(c, matrix.ColumnCount, columns));
            }
        }

        var picture = new Picture(PictureKind.Weights, rows, columns, levels, []);
        return isNamed ? picture.WithRowNames([.. rowNames.SelectMany(name => new[] { name, "" })]) : picture;

        // Where several numbers share a cell, the strongest is seen: a mean would wash them out.
        void Keep(double level, Range down, Range across)
        {
            for (int r = down.Start.Value; r < down.End.Value; r++)
            {
                for (int c = across.Start.Value; c < across.End.Value; c++)
                {
                    ref double old = ref levels[(r * columns) + c];
                    old = Math.Abs(level) > Math.Abs(old) ? level : old;
                }
            }
        }
    }

    private static int Shares(int length, int most) => (length + most - 1) / most;

    private static int Cells(int length, int most) => Shares(length, Shares(length, most));

    /// <summary>The cells that a number takes, or the one that it shares.</summary>
    private static Range Span(int position, int length, int cells)
    {
        if (cells >= length)
        {
            return (position * (cells / length))..((position + 1) * (cells / length));
        }

        int share = Shares(length, cells);
        return (position / share)..((position / share) + 1);
    }
}
