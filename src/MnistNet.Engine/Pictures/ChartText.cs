namespace MnistNet;

/// <summary>
/// Draws charts as lines of text: in braille, eight dots a character, where there is Unicode; else, and where several
/// curves must be told apart without colour, with a mark for each curve.
/// </summary>
internal static class ChartText
{
    private const string Marks = "*o+x#@%&", Gap = "   ";
    private const char NoDots = '⠀';
    private const int AxisColumns = 1, TickDistance = 12;

    // The bit of each dot of a braille character, row after row.
    private static readonly int[] s_dots = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
    private static readonly Rgb s_mark = new(230, 90, 60);

    /// <summary>The chart with its title above and its legend below.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="rows">The lines of the plot itself.</param>
    /// <param name="screen">Where it is shown.</param>
    public static TextBlock Draw(Chart chart, int rows, Screen screen)
    {
        IReadOnlyList<ChartSeries> series = chart.Shown;
        var lines = new List<StyledLine>();
        AddText(lines, chart.Title, screen);
        if (series.Count == 0)
        {
            AddText(lines, "There is no finite number in it to draw.", screen);
            return new TextBlock(lines);
        }

        ChartAxis xs = chart.XAxis(), ys = chart.YAxis();
        var ticks = new Dictionary<int, string>();
        foreach ((double value, string text) in ys.Ticks(Math.Max(2, rows / 2)))
        {
            ticks.TryAdd(RowOf(ys.PlaceOf(value), rows), text);
        }

        int left = ticks.Values.Max(text => text.Length) + 1;
        int columns = Math.Max(screen.Width - left - AxisColumns, 4);
        bool isBraille = screen.IsUnicode && (screen.HasColor || series.Count == 1);
        Plot plot = isBraille ? new Plot(columns, rows, 2, 4) : new Plot(columns, rows, 1, 1);
        if (chart.Mark is double mark && xs.PlaceOf(mark) is >= 0 and <= 1)
        {
            plot.AddMark(xs.PlaceOf(mark));
        }

        for (int i = 0; i < series.Count; i++)
        {
            plot.AddCurve(i, [.. series[i].Points.Select(point => chart.IsShown(point)
                ? (xs.PlaceOf(point.X), ys.PlaceOf(point.Y))
                : (double.NaN, double.NaN))]);
        }

        for (int row = 0; row < rows; row++)
        {
            bool hasTick = ticks.TryGetValue(row, out string? text);
            var line = new StyledLine(screen.Renderer);
            line.Add((text ?? "").PadLeft(left - 1) + " ");
            line.Add(screen.IsUnicode ? hasTick ? "┤" : "│" : hasTick ? "+" : "|");
            for (int column = 0; column < columns; column++)
            {
                AddCell(line, plot, column, row, isBraille, screen);
            }

            lines.Add(line);
        }

        AddAxis(lines, chart, xs, left, columns, screen);
        AddLegend(lines, chart, series, isBraille, screen);
        return new TextBlock(lines);
    }

    private static void AddCell(StyledLine line, Plot plot, int column, int row, bool isBraille, Screen screen)
    {
        (int dots, int series) = plot[column, row];
        if (dots != 0)
        {
            line.Add(isBraille ? (char)(NoDots + dots) : Marks[series % Marks.Length], Color(Chart.ColorOf(series)),
                null);
        }
        else if (plot.MarkColumn == column)
        {
            line.Add(screen.IsUnicode ? '┊' : ':', Color(s_mark), null);
        }
        else
        {
            line.Add(" ");
        }

        Rgb? Color(Rgb color) => screen.HasColor ? color : null;
    }

    private static void AddAxis(List<StyledLine> lines, Chart chart, ChartAxis xs, int left, int columns, Screen screen)
    {
        char[] axis = new string(screen.IsUnicode ? '─' : '-', columns).ToCharArray();
        char[] texts = new string(' ', left + AxisColumns + columns).ToCharArray();
        int free = 0;
        foreach ((double value, string text) in xs.Ticks(Math.Max(2, columns / TickDistance)))
        {
            int at = Math.Clamp((int)Math.Round(xs.PlaceOf(value) * (columns - 1)), 0, columns - 1);
            int begin = Math.Clamp(left + AxisColumns + at - (text.Length / 2), 0,
                Math.Max(texts.Length - text.Length, 0));
            if (begin < free || begin + text.Length > texts.Length)
            {
                continue;
            }

            axis[at] = screen.IsUnicode ? '┬' : '+';
            text.CopyTo(0, texts, begin, text.Length);
            free = begin + text.Length + 1;
        }

        AddText(lines, new string(' ', left) + (screen.IsUnicode ? "└" : "+") + new string(axis), screen);
        AddText(lines, new string(texts).TrimEnd(), screen);
    }

    private static void AddLegend(
        List<StyledLine> lines, Chart chart, IReadOnlyList<ChartSeries> series, bool isBraille, Screen screen)
    {
        var entries = new List<(string Sign, Rgb Color, string Name)>();
        if (series.Count > 1 || chart.Mark is not null)
        {
            entries.AddRange(series.Select((one, i)
                => (isBraille ? "━━" : Marks[i % Marks.Length].ToString(), Chart.ColorOf(i), one.Name)));
        }

        if (chart.Mark is not null)
        {
            entries.Add((screen.IsUnicode ? "┊" : ":", s_mark, chart.MarkName));
        }

        // What is counted across stands below the end of the axis.
        string across = screen.Fit(chart.XName, screen.Width);
        var line = new StyledLine(screen.Renderer);
        foreach ((string sign, Rgb color, string name) in entries)
        {
            string text = screen.Fit(name, screen.Width - sign.Length - 1);
            if (line.Width > 0 && line.Width + Gap.Length + sign.Length + 1 + text.Length > screen.Width)
            {
                lines.Add(line);
                line = new StyledLine(screen.Renderer);
            }

            line.Add(line.Width > 0 ? Gap : "");
            line.Add(sign, screen.HasColor ? color : null);
            line.Add(" " + text);
        }

        if (line.Width > 0 && line.Width + Gap.Length + across.Length > screen.Width)
        {
            lines.Add(line);
            line = new StyledLine(screen.Renderer);
        }

        line.PadTo(screen.Width - across.Length);
        line.Add(across);
        lines.Add(line);
    }

    private static void AddText(List<StyledLine> lines, string text, Screen screen)
    {
        var line = new StyledLine(screen.Renderer);
        line.Add(screen.Fit(text, screen.Width));
        lines.Add(line);
    }

    private static int RowOf(double place, int rows)
        => Math.Clamp((int)Math.Round((1 - place) * (rows - 1)), 0, rows - 1);

    /// <summary>The dots of the curves, some to a character.</summary>
    private sealed class Plot(int columns, int rows, int across, int down)
    {
        private readonly int[] _dots = new int[columns * rows];
        private readonly int[] _series = new int[columns * rows];

        /// <summary>The column of the mark; null without one.</summary>
        public int? MarkColumn { get; private set; }

        /// <summary>The dots of a character, and the curve that the last of them belongs to.</summary>
        public (int Dots, int Series) this[int column, int row]
            => (_dots[(row * columns) + column], _series[(row * columns) + column]);

        public void AddMark(double place) => MarkColumn = (int)Math.Round(place * (columns - 1));

        /// <summary>
        /// Adds a curve: the points of a column of dots count as their mean, and the columns are joined by lines.
        /// </summary>
        public void AddCurve(int series, (double X, double Y)[] places)
        {
            int width = columns * across, height = rows * down;
            var sums = new double[width];
            var counts = new int[width];
            var gaps = new bool[width];
            int last = 0;
            foreach ((double x, double y) in places)
            {
                if (double.IsNaN(x))
                {
                    gaps[last] = true;
                    continue;
                }

                last = Math.Clamp((int)Math.Round(x * (width - 1)), 0, width - 1);
                sums[last] += y;
                counts[last]++;
            }

            int? before = null;
            for (int x = 0; x < width; x++)
            {
                if (counts[x] == 0)
                {
                    continue;
                }

                int y = RowOf(sums[x] / counts[x], height);
                AddLine(series, before is int from ? (from, RowOf(sums[from] / counts[from], height)) : (x, y), (x, y));
                before = gaps[x] ? null : x;
            }
        }

        private void AddLine(int series, (int X, int Y) from, (int X, int Y) to)
        {
            int steps = Math.Max(Math.Max(to.X - from.X, Math.Abs(to.Y - from.Y)), 1);
            for (int i = 0; i <= steps; i++)
            {
                int x = from.X + (int)Math.Round((double)(to.X - from.X) * i / steps);
                int y = from.Y + (int)Math.Round((double)(to.Y - from.Y) * i / steps);
                int cell = (y / down * columns) + (x / across);
                _dots[cell] |= down == 1 ? 1 : s_dots[(y % down * across) + (x % across)];
                _series[cell] = series;
            }
        }
    }
}
