using System.Globalization;

namespace MnistNet;

/// <summary>
/// One parameter's gradient from backpropagation beside the same gradient measured: each entry is nudged by ±h, and the
/// loss of a forward propagation tells the slope, (L(w + h) − L(w − h)) / 2h. The two share no formula but the forward
/// ones.
/// </summary>
public sealed class GradientCheck
{
    /// <summary>
    /// h of the central difference. Its error has two parts: the curve's bend, which grows as h², and the rounding of
    /// the loss, about 10⁻¹⁶/h. At 10⁻⁵ both are near 10⁻¹⁰.
    /// </summary>
    public const double Step = 1e-5;

    /// <summary>
    /// The largest relative error that passes. Right formulas stay near 10⁻⁸, since that is how exact the measurement
    /// is; a wrong one (a missing factor, a scalar db) is off by 10⁻² or more.
    /// </summary>
    public const double Tolerance = 1e-5;

    /// <summary>
    /// The mean size of an entry below which the measurement, exact to about 10⁻¹⁰, could not tell right from wrong any
    /// more.
    /// </summary>
    private const double Resolution = 1e-5;

    internal GradientCheck(string parameter, string shape, int skipped, IReadOnlyList<GradientEntry> entries)
    {
        Parameter = parameter;
        Shape = shape;
        Checked = entries.Count;
        Skipped = skipped;
        if (entries.Count == 0)
        {
            return;
        }

        double difference = Length(entries.Select(entry => entry.Analytic - entry.Numeric));
        double size = Math.Max(
            Length(entries.Select(entry => entry.Analytic)), Length(entries.Select(entry => entry.Numeric)));
        RelativeError = difference / Math.Max(size, Resolution * Math.Sqrt(entries.Count));
        Passed = RelativeError <= Tolerance;
        GradientEntry worst = entries.MaxBy(entry => Math.Abs(entry.Analytic - entry.Numeric))!;
        Entry = $"{parameter}[{worst.Row},{worst.Column}]";
        Analytic = worst.Analytic;
        Numeric = worst.Numeric;
    }

    /// <summary>The parameter's symbol, such as <c>W1</c>.</summary>
    public string Parameter { get; }

    /// <summary>The parameter's shape, such as <c>10×784</c>.</summary>
    public string Shape { get; }

    /// <summary>The number of entries compared.</summary>
    public int Checked { get; }

    /// <summary>
    /// The number of entries left out because the nudge carries some unit across the kink of ReLU or LeakyReLU at 0,
    /// where the slope jumps: there the difference measures a mixture of two slopes.
    /// </summary>
    public int Skipped { get; }

    /// <summary>
    /// The entry at which the two differ most, such as <c>W1[3,412]</c>; null when all were left out.
    /// </summary>
    public string? Entry { get; }

    /// <summary>That entry's slope by backpropagation.</summary>
    public double? Analytic { get; }

    /// <summary>That entry's slope as measured.</summary>
    public double? Numeric { get; }

    /// <summary>
    /// Over all compared entries: the length of the difference, divided by the length of the longer gradient.
    /// </summary>
    public double? RelativeError { get; }

    /// <summary>
    /// Whether the relative error is at most 10⁻⁵; null when all entries were left out, so that nothing can be said.
    /// </summary>
    public bool? Passed { get; }

    /// <summary>Compares the two gradients of every parameter of a network, in float64.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">X: one image a column.</param>
    /// <param name="y">Y: one-hot.</param>
    /// <param name="entries">How many entries of each parameter to compare, picked at random; null for all.</param>
    /// <param name="seed">Decides which.</param>
    /// <param name="gradient">The gradient to check; null for that of <see cref="Backpropagation"/>.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">X or Y does not fit the network, or the gradient is another
    /// network's.</exception>
    public static IEnumerable<GradientCheck> Run(
        Network network,
        Matrix x,
        Matrix y,
        int? entries = 50,
        int seed = 0,
        Gradient? gradient = null,
        CancellationToken cancellationToken = default)
    {
        var numeric = new NumericGradient(ForwardPropagation.Run(network, x, y, cancellationToken));
        Gradient analytic = gradient ?? Backpropagation.Run(numeric.Pass);
        for (int p = 0; p < network.Parameters.Count; p++)
        {
            Matrix parameter = network.Parameters[p], slopes = analytic.Parameters[p];
            var compared = new List<GradientEntry>();
            int skipped = 0;
            var random = new SeededRandom(seed, RandomPurpose.GradientCheck, p);
            foreach (int at in Picked(parameter.RowCount * parameter.ColumnCount, entries, random))
            {
                cancellationToken.ThrowIfCancellationRequested();
                (int row, int column) = (at / parameter.ColumnCount, at % parameter.ColumnCount);
                if (numeric.Derivative(p / 2, p % 2 == 1, row, column) is double slope)
                {
                    compared.Add(new GradientEntry(row, column, slopes[row, column], slope));
                }
                else
                {
                    skipped++;
                }
            }

            yield return new GradientCheck(parameter.Name, parameter.Shape, skipped, compared);
        }
    }

    /// <summary>Compares the two gradients of every parameter of a network on labelled digits.</summary>
    /// <exception cref="SettingException">The matrices would not fit into memory.</exception>
    /// <inheritdoc cref="Run(Network, Matrix, Matrix, int?, int, Gradient?, CancellationToken)"/>
    public static IEnumerable<GradientCheck> Run(
        Network network,
        DigitSet digits,
        int? entries = 50,
        int seed = 0,
        CancellationToken cancellationToken = default)
    {
        digits = network.See(digits);
        MatrixMemory.RequireRoom(network, digits);
        return Run(network, digits.ToMatrix(), digits.ToOneHot(), entries, seed, gradient: null, cancellationToken);
    }

    /// <summary>Such as <c>W1 10×784: passed, relative error 2.1e-09</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Parameter} {Shape}: {Passed switch { true => "passed", false => "failed", null => "nothing compared" }}")
        + (Passed is null ? "" : string.Create(CultureInfo.InvariantCulture, $", relative error {RelativeError:E1}"));

    private static IEnumerable<int> Picked(int count, int? most, SeededRandom random)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (most is not int number || number >= count)
        {
            return all;
        }

        random.Shuffle(all.AsSpan());
        return all.Take(number).Order();
    }

    private static double Length(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}

/// <summary>One entry of a gradient, both ways.</summary>
internal sealed record GradientEntry(int Row, int Column, double Analytic, double Numeric);
