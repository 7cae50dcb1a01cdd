using System.Globalization;
using System.Reflection;
using static System.FormattableString;

namespace MnistNet;

/// <summary>What a sweep says of one setting, over its seeds.</summary>
public sealed class SweepSummary
{
    private static readonly string[] Metrics =
    [
        nameof(SweepRun.TestAccuracy), nameof(SweepRun.ValidationAccuracy), nameof(SweepRun.TrainAccuracy),
        nameof(SweepRun.TestLoss), nameof(SweepRun.Loss),
    ];

    /// <summary>The settings that differ between the rows, such as <c>Hidden 30, Alpha 0.5</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>The figure that the rows were judged by, such as <c>TestAccuracy</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The number of runs that gave the figure.</summary>
    public required int Runs { get; init; }

    /// <summary>The number of runs that did not: failed ones, and diverged ones without a figure.</summary>
    public required int Failed { get; init; }

    /// <summary>The mean of the figure over the runs; null without runs.</summary>
    public required double? Mean { get; init; }

    /// <summary>The standard deviation of the figure, with n − 1; null for fewer than two runs.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>The smallest of the runs' figures; null without runs.</summary>
    public required double? Minimum { get; init; }

    /// <summary>The largest of the runs' figures; null without runs.</summary>
    public required double? Maximum { get; init; }

    /// <summary>
    /// The lower end of the 95 % interval of the mean (Student's t), within what the figure can be; null for fewer than
    /// two runs.
    /// </summary>
    public required double? IntervalLow { get; init; }

    /// <summary>
    /// The upper end of the 95 % interval of the mean (Student's t), within what the figure can be; null for fewer than
    /// two runs.
    /// </summary>
    public required double? IntervalHigh { get; init; }

    /// <summary>The seed of the best run: that of the largest accuracy, or of the smallest loss.</summary>
    public required int? BestSeed { get; init; }

    /// <summary>The mean time of a run.</summary>
    public required double? MeanSeconds { get; init; }

    /// <summary>One of the setting's rows: its values of the settings that differ are the group's.</summary>
    internal SweepRun Example { get; private init; } = new();

    /// <summary>The figures of the runs that gave one.</summary>
    internal IReadOnlyList<double> Values { get; private init; } = [];

    /// <summary>The names of the settings, seeds aside, in which rows differ.</summary>
    internal static IReadOnlyList<string> FindVarying(IReadOnlyList<SweepRun> rows) => [.. SweepColumns.Settings
        .Where(column => column.Name != nameof(SweepRun.Seed)
            && rows.Select(row => column.GetValue(row)).Distinct().Skip(1).Any())
        .Select(column => column.Name)];

    /// <summary>Gathers rows by setting, the best mean first.</summary>
    /// <param name="rows">The rows of one or several sweeps on the same data.</param>
    /// <param name="metric">TestAccuracy, ValidationAccuracy, TrainAccuracy, Loss or TestLoss; null takes the first of
    /// these that any row has.</param>
    /// <exception cref="SettingException">The rows are of different data, or none has the figure.</exception>
    public static IReadOnlyList<SweepSummary> Of(IReadOnlyList<SweepRun> rows, string? metric = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string[] fingerprints =
            [.. rows.Select(row => row.DataFingerprint).Where(fingerprint => fingerprint.Length > 0).Distinct()];
        if (fingerprints.Length > 1)
        {
            throw new SettingException("InputObject",
                $"The rows are of different data "
                + $"({string.Join(", ", rows.Select(row => $"{row.Data} {row.DataFingerprint}").Distinct().Take(3))}); "
                + $"figures on different data cannot be averaged. Measure them apart.", "SweepDataDiffers");
        }

        PropertyInfo figure = FindMetric(rows, metric);
        bool isLoss = figure.Name is nameof(SweepRun.Loss) or nameof(SweepRun.TestLoss);
        IReadOnlyList<string> varying = FindVarying(rows);
        PropertyInfo[] columns = [.. SweepColumns.Settings.Where(column => varying.Contains(column.Name))];
        return [.. rows
            .GroupBy(row => string.Join(", ", columns.Select(column =>
                $"{column.Name} {MnistNet.Setting.Text(column.GetValue(row))}")))
            .Select(group => Summarise(group.Key, [.. group], figure, isLoss))
            .OrderBy(summary => summary.Mean is null)
            .ThenBy(summary => isLoss ? summary.Mean : -summary.Mean)];
    }

    /// <summary>Such as <c>Hidden 30: 0.9432, 95 % interval 0.9421–0.9443 (5 runs)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Setting}: {Mean:F4}{IntervalText} ({Runs} runs)");

    private string IntervalText
        => IntervalLow is double low ? Invariant($", 95 % interval {low:F4}–{IntervalHigh:F4}") : "";

    private static SweepSummary Summarise(string setting, SweepRun[] rows, PropertyInfo figure, bool isLoss)
    {
        (SweepRun Row, double Value)[] sound = [.. rows
            .Where(row => row.Error.Length == 0 && figure.GetValue(row) is double value && double.IsFinite(value))
            .Select(row => (row, (double)figure.GetValue(row)!))];
        double[] values = Array.ConvertAll(sound, run => run.Value);
        ConfidenceInterval? interval =
            ConfidenceInterval.OfMean(values)?.Within(0, isLoss ? double.PositiveInfinity : 1);
        (SweepRun? Row, double Value) best = sound.Length == 0
            ? default
            : isLoss ? sound.MinBy(run => run.Value) : sound.MaxBy(run => run.Value);
        return new SweepSummary
        {
            Setting = setting,
            Metric = figure.Name,
            Runs = sound.Length,
            Failed = rows.Length - sound.Length,
            Mean = values.Length == 0 ? null : values.Average(),
            StandardDeviation =
                values.Length < 2 ? null : MathNet.Numerics.Statistics.Statistics.StandardDeviation(values),
            Minimum = values.Length == 0 ? null : values.Min(),
            Maximum = values.Length == 0 ? null : values.Max(),
            IntervalLow = interval?.Low,
            IntervalHigh = interval?.High,
            BestSeed = best.Row?.Seed,
            MeanSeconds = sound.Length == 0 ? null : sound.Average(run => run.Row.Seconds),
            Example = rows[0],
            Values = values,
        };
    }

    private static PropertyInfo FindMetric(IReadOnlyList<SweepRun> rows, string? metric)
    {
        PropertyInfo[] known = [.. Metrics.Select(name => typeof(SweepRun).GetProperty(name)!)];
        if (metric is null)
        {
            return known.FirstOrDefault(figure => rows.Any(row => figure.GetValue(row) is not null))
                ?? throw new SettingException(
                    "Metric", "No row has an accuracy or a loss: no run succeeded. Look at the Error column.");
        }

        return known.FirstOrDefault(figure => figure.Name.Equals(metric, StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingException(
                "Metric", $"'{metric}' is not a figure of a run; expected one of {string.Join(", ", Metrics)}.");
    }
}
