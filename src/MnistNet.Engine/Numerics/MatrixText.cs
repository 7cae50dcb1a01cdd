using System.Collections.Specialized;
using System.Globalization;
using System.Text;

namespace MnistNet;

/// <content>How a matrix is shown and handed on.</content>
public sealed partial class Matrix
{
    /// <summary>
    /// Name, shape, range and mean, and below them a corner of the numbers: what a prompt shows. A corner that holds
    /// nothing but 0, such as the blank edge of X, gives way to the first place that holds more; the text says where.
    /// </summary>
    /// <param name="rows">The most rows to show. If there are more, two less are shown, and a mark that says
    /// so.</param>
    /// <param name="width">The most characters in a row: as many columns are shown as fit.</param>
    public string ToText(int rows = 10, int width = 70)
    {
        int shownRows = RowCount <= rows ? RowCount : Math.Max(1, rows - 2);

        (int top, int left) = Corner(shownRows, Math.Min(ColumnCount, 7));

        // No column is narrower than three characters with the space before it.
        int remaining = ColumnCount - left, mostColumns = Math.Clamp(width / 3, 1, remaining);
        double[,] shown = Values.SubMatrix(top, shownRows, left, mostColumns).ToArray();
        string format = NumberFormat.For(shown.Cast<double>());
        int numberWidth = shown.Cast<double>().Max(value => Print(value, format).Length);
        int fitting = remaining * (numberWidth + 2) <= width ? remaining : Math.Max(1, (width - 3) / (numberWidth + 2));
        int shownColumns = Math.Min(fitting, mostColumns);

        var text = new StringBuilder($"{(Name.Length == 0 ? "matrix" : Name)}  {Shape}  {Range}");
        text.Append(top + left == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; here from [{top},{left}]"));
        for (int r = 0; r < shownRows; r++)
        {
            text.Append('\n');
            for (int c = 0; c < shownColumns; c++)
            {
                text.Append("  ").Append(Print(shown[r, c], format).PadLeft(numberWidth));
            }

            text.Append(shownColumns < remaining ? "  …" : "");
        }

        return text.Append(shownRows < RowCount ? $"\n{"⋮".PadLeft(numberWidth + 2)}" : "").ToString();
    }

    /// <summary>The numbers as a two-dimensional array of its own; the first index is the row.</summary>
    public double[,] ToArray() => Values.ToArray();

    /// <summary>
    /// One dictionary a row with the keys C0, C1 …, as <c>Export-Csv</c> takes them. The numbers read back exactly.
    /// </summary>
    public OrderedDictionary[] ToRows()
    {
        var rows = new OrderedDictionary[RowCount];
        for (int r = 0; r < RowCount; r++)
        {
            rows[r] = new OrderedDictionary(ColumnCount);
            for (int c = 0; c < ColumnCount; c++)
            {
                rows[r].Add(string.Create(CultureInfo.InvariantCulture, $"C{c}"), this[r, c]);
            }
        }

        return rows;
    }

    /// <summary>A line for each of several matrices: symbol, shape, range.</summary>
    internal static string Summarise(IEnumerable<Matrix> matrices)
        => string.Join('\n', matrices.Select(matrix => $"  {matrix.Name,-4} {matrix.Shape,-10} {matrix.Range}"));

    /// <summary>Such as <c>-0.1512 to 0.1702, mean 0.0003</c>.</summary>
    private string Range
    {
        get
        {
            string format = NumberFormat.For(Values.Values);

            // What rounding leaves of a mean of 0 is shown as 0.
            double mean = Math.Abs(Mean()) < 1e-14 * Math.Max(Max(), -Min()) ? 0 : Mean();
            return $"{Print(Min(), format)} to {Print(Max(), format)}, mean {Print(mean, NumberFormat.For([mean]))}";
        }
    }

    /// <summary>
    /// Where to begin showing, so that something else than 0 is seen if there is any: as far up and to the left as can
    /// be.
    /// </summary>
    private (int Top, int Left) Corner(int rows, int columns)
    {
        for (int left = 0; left < ColumnCount; left += columns)
        {
            for (int r = 0; r < RowCount; r++)
            {
                for (int c = left; c < Math.Min(left + columns, ColumnCount); c++)
                {
                    if (this[r, c] != 0)
                    {
                        return (r < rows ? 0 : Math.Min(r, RowCount - rows), Math.Min(left, ColumnCount - columns));
                    }
                }
            }
        }

        return (0, 0);
    }

    private static string Print(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
