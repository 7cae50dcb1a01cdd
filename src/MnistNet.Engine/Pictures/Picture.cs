using System.Globalization;

namespace MnistNet;

/// <summary>
/// A grid of numbers to be looked at, with a caption: a digit, the weights of a unit, a heat map. It knows nothing of
/// where it is
/// shown; <see cref="PictureText"/> draws it in a terminal, <see cref="PictureSvg"/> as a vector image.
/// </summary>
public sealed class Picture
{
    private static readonly Rgb s_black = new(0, 0, 0), s_white = new(255, 255, 255);
    private static readonly Rgb s_zero = new(18, 18, 22), s_positive = new(255, 160, 40),
        s_negative = new(70, 150, 255);
    private static readonly Rgb s_for = new(255, 70, 60), s_against = new(80, 140, 255);

    /// <summary>The share of an attribution's ink that is seen where nothing was contributed.</summary>
    private const double InkShown = 0.4;

    private readonly double[] _levels;
    private readonly double[]? _ink;

    /// <summary>A picture of levels that are in their range already.</summary>
    /// <param name="kind">What the levels mean.</param>
    /// <param name="rows">The height in cells.</param>
    /// <param name="columns">The width in cells.</param>
    /// <param name="levels">Row after row: 0 to 1 for ink, −1 to 1 for the others.</param>
    /// <param name="caption">The lines below the picture.</param>
    /// <param name="ink">The ink below an attribution, 0 to 1.</param>
    internal Picture(PictureKind kind, int rows, int columns, double[] levels, IReadOnlyList<string> caption,
        double[]? ink = null)
    {
        Kind = kind;
        Rows = rows;
        Columns = columns;
        Caption = caption;
        _levels = levels;
        _ink = ink;
    }

    /// <summary>What the numbers mean.</summary>
    public PictureKind Kind { get; }

    /// <summary>The height in cells.</summary>
    public int Rows { get; }

    /// <summary>The width in cells.</summary>
    public int Columns { get; }

    /// <summary>The lines below the picture.</summary>
    public IReadOnlyList<string> Caption { get; }

    /// <summary>What stands before each row; empty for nothing.</summary>
    internal IReadOnlyList<string> RowNames { get; private init; } = [];

    /// <summary>The levels, row after row.</summary>
    internal IReadOnlyList<double> Levels => _levels;

    /// <summary>The level of a cell: 0 to 1 for ink, −1 to 1 for the others.</summary>
    internal double this[int row, int column] => _levels[(row * Columns) + column];

    /// <summary>A digit, with its number and its label below.</summary>
    public static Picture Of(Digit digit, params string[] caption)
    {
        ArgumentNullException.ThrowIfNull(digit);
        return new Picture(PictureKind.Ink, digit.Rows, digit.Columns, InkOf(digit), caption);
    }

    /// <summary>Numbers on either side of 0, such as weights: as strong as they are beside the largest.</summary>
    /// <param name="rows">The height in cells.</param>
    /// <param name="columns">The width in cells.</param>
    /// <param name="values">The numbers, row after row.</param>
    /// <param name="limit">The size that gets the full colour: the largest of all pictures that stand together.</param>
    /// <param name="caption">The lines below.</param>
    internal static Picture OfWeights(int rows, int columns, IEnumerable<double> values, double limit,
        params string[] caption)
        => new(PictureKind.Weights, rows, columns, [.. values.Select(value => Scale(value, limit))], caption);

    /// <summary>The ink of a digit, 0 to 1.</summary>
    internal static double[] InkOf(Digit digit) => Array.ConvertAll(digit.Pixels, pixel => pixel / 255.0);

    /// <summary>A number beside its limit, −1 to 1.</summary>
    internal static double Scale(double value, double limit) => limit > 0 ? Math.Clamp(value / limit, -1, 1) : 0;

    /// <summary>The same picture with a name before each row.</summary>
    internal Picture WithRowNames(IReadOnlyList<string> names)
        => new(Kind, Rows, Columns, _levels, Caption, _ink) { RowNames = names };

    /// <summary>The same picture with its levels beside a limit.</summary>
    internal Picture Scale(double limit)
        => new(Kind, Rows, Columns, Array.ConvertAll(_levels, level => Scale(level, limit)), Caption, _ink)
        {
            RowNames = RowNames,
        };

    /// <summary>Whether there is anything in a cell.</summary>
    internal bool IsInked(int row, int column) => this[row, column] != 0 || InkAt(row, column) > 0;

    /// <summary>The ink of a cell: the level itself, or what lies below an attribution.</summary>
    internal double InkAt(int row, int column)
        => _ink is not null ? _ink[(row * Columns) + column] : Kind == PictureKind.Ink ? this[row, column] : 0;

    /// <summary>The colour of a cell.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="steps">How many colours there are from nothing to the strongest; null for as many as a screen
    /// has.</param>
    internal Rgb ColorAt(int row, int column, int? steps = null)
    {
        double level = this[row, column];
        level = steps is int count ? Math.Round(level * count) / count : level;
        return Kind switch
        {
            PictureKind.Ink => Rgb.Mix(s_black, s_white, level),
            PictureKind.Weights => Rgb.Mix(s_zero, level < 0 ? s_negative : s_positive, Math.Abs(level)),
            PictureKind.Attribution => Rgb.Mix(
                Rgb.Mix(s_black, s_white, InkShown * InkAt(row, column)),
                level < 0 ? s_against : s_for,
                Math.Abs(level)),
            _ => throw new ArgumentOutOfRangeException(nameof(row), Kind, "There is no such kind of picture."),
        };
    }

    /// <summary>The picture in fewer cells: each is the mean of a block of the old ones.</summary>
    /// <param name="factor">The height and the width of a block.</param>
    internal Picture Shrink(int factor)
    {
        if (factor == 1)
        {
            return this;
        }

        int rows = (Rows + factor - 1) / factor, columns = (Columns + factor - 1) / factor;
        return new Picture(Kind, rows, columns, Means(_levels), Caption, _ink is null ? null : Means(_ink));

        double[] Means(double[] values)
        {
            var means = new double[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    means[(r * columns) + c] = Mean(values, r * factor, c * factor, factor);
                }
            }

            return means;
        }
    }

    private double Mean(double[] values, int top, int left, int size)
    {
        double sum = 0;
        int bottom = Math.Min(top + size, Rows), right = Math.Min(left + size, Columns);
        for (int r = top; r < bottom; r++)
        {
            for (int c = left; c < right; c++)
            {
                sum += values[(r * Columns) + c];
            }
        }

        return sum / ((bottom - top) * (right - left));
    }

    /// <summary>Such as <c>Ink 28×28</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Rows}×{Columns}");
}
