namespace MnistNet;

/// <summary>A point of a curve; a value that is not finite leaves a gap.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Up.</param>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>A curve of a chart.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Points">Its points, from the left to the right.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Where the true values of some points lie; empty for a curve that says nothing of it.</summary>
    public IReadOnlyList<ChartInterval> Intervals { get; init; } = [];
}

/// <summary>Where the true value of a point of a curve lies with some confidence.</summary>
/// <param name="X">The place across.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct ChartInterval(double X, double Low, double High);

/// <summary>
/// Curves over one axis. It knows nothing of where it is shown; <see cref="ChartText"/> draws it in a terminal,
/// <see cref="ChartSvg"/> as a vector image.
/// </summary>
/// <param name="Title">What the curves are of.</param>
/// <param name="XName">What is counted across.</param>
/// <param name="Series">The curves; those without any finite point are left out.</param>
public sealed record Chart(string Title, string XName, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>
    /// From this ratio of the largest to the least on, numbers are told apart only on a logarithmic axis.
    /// </summary>
    private const double WideRange = 200;

    private static readonly Rgb[] s_colors =
    [
        new(86, 180, 233), new(255, 160, 40), new(0, 190, 130), new(220, 130, 190),
        new(240, 228, 66), new(230, 90, 60), new(120, 130, 255), new(170, 170, 170),
    ];

    /// <summary>Whether each step across is a factor.</summary>
    public bool IsLogX { get; init; }

    /// <summary>A place across that is marked; null for none.</summary>
    public double? Mark { get; init; }

    /// <summary>What the mark is; it stands in the legend.</summary>
    public string MarkName { get; init; } = "";

    /// <summary>The curves that have anything to show.</summary>
    internal IReadOnlyList<ChartSeries> Shown => [.. Series.Where(series => series.Points.Any(IsShown))];

    /// <summary>The colour of a curve that is shown, counted from 0.</summary>
    internal static Rgb ColorOf(int series) => s_colors[series % s_colors.Length];

    /// <summary>Whether a point can stand on the axes.</summary>
    internal bool IsShown(ChartPoint point)
        => double.IsFinite(point.X) && double.IsFinite(point.Y) && (!IsLogX || point.X > 0);

    /// <summary>The axis across.</summary>
    internal ChartAxis XAxis() => ChartAxis.Of(Points().Select(point => point.X), IsLogX);

    /// <summary>The axis up, logarithmic where the range is wide.</summary>
    /// <param name="withIntervals">Whether the intervals must fit too.</param>
    internal ChartAxis YAxis(bool withIntervals = false)
    {
        IEnumerable<ChartInterval> intervals = withIntervals ? Series.SelectMany(series => series.Intervals) : [];
        double[] ends =
        [
            .. Points().Select(point => point.Y),
            .. intervals.SelectMany(interval => new[] { interval.Low, interval.High }),
        ];
        double low = ends.Min(), high = ends.Max();
        return ChartAxis.Of([low, high], low > 0 && high / low > WideRange);
    }

    private IEnumerable<ChartPoint> Points() => Series.SelectMany(series => series.Points).Where(IsShown);
}
