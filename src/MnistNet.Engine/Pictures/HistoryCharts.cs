using System.Globalization;
using System.Reflection;
using static System.FormattableString;

namespace MnistNet;

/// <summary>Charts of what happened while networks learned.</summary>
internal static class HistoryCharts
{
    /// <summary>More curves than these are not told apart.</summary>
    public const int MostCurves = 8;

    /// <summary>What is counted across where no setting of a sweep is a number that varies.</summary>
    public const string RunNumber = "run";

    private const int MostPoints = 4096;

    /// <summary>The loss and the accuracy of one run, with those of the validation share where there is one.</summary>
    /// <param name="name">What was trained; empty when it is not known.</param>
    /// <param name="rows">The rows of its history.</param>
    public static IReadOnlyList<Chart> OfRun(string name, IReadOnlyList<HistoryRow> rows)
    {
        bool isByEpoch = IsByEpoch(rows);
        string of = name.Length > 0 ? $" of {name}" : "";
        return
        [
            Make($"loss{of}", row => row.Loss, row => row.ValidationLoss),
            Make("accuracy", row => row.Accuracy, row => row.ValidationAccuracy),
        ];

        Chart Make(string title, Func<HistoryRow, double?> train, Func<HistoryRow, double?> validation) => new(
            rows.Count == 0 ? title : title + Last(train(rows[^1]), validation(rows[^1])),
            isByEpoch ? "epoch" : "iteration",
            [
                new ChartSeries("training", Points(rows, isByEpoch, train)),
                new ChartSeries("validation", Points(rows, isByEpoch, validation)),
            ]);

        static string Last(double? train, double? validation)
        {
            string held = validation is null ? "" : Invariant($" (validation {validation:G4})");
            return train is double number && double.IsFinite(number)
                ? Invariant($", last {number:G4}{held}")
                : ", not finite in the end";
        }
    }

    /// <summary>One metric of several runs, a curve each.</summary>
    /// <param name="runs">What is to be told apart, and the rows of each.</param>
    /// <param name="metric">What the curves show.</param>
    /// <exception cref="SettingException">No run has the metric.</exception>
    public static Chart OfRuns(IReadOnlyList<(string Name, IReadOnlyList<HistoryRow> Rows)> runs, HistoryMetric metric)
    {
        bool isByEpoch = runs.All(run => IsByEpoch(run.Rows));
        var chart = new Chart(
            TitleOf(metric) + FirstOf(runs.Count, "runs"),
            isByEpoch ? "epoch" : "iteration",
            [.. runs.Take(MostCurves).Select(run => new ChartSeries(
                run.Name, Points(run.Rows, isByEpoch, row => ValueOf(row, metric))))]);
        RequireAny(chart, metric);
        return chart;
    }

    /// <summary>
    /// One metric of a sweep's runs over a setting that varies: a curve for each combination of the others.
    /// </summary>
    /// <param name="runs">The rows of the sweep; runs that differ in their seed alone count as their mean.</param>
    /// <param name="metric">What the curves show.</param>
    /// <exception cref="SettingException">No run has the metric.</exception>
    public static Chart OfSweep(IReadOnlyList<SweepRun> runs, HistoryMetric metric)
    {
        PropertyInfo[] varying = [.. SweepColumns.Settings.Where(column
            => column.Name != nameof(SweepRun.Seed) && runs.Select(column.GetValue).Distinct().Count() > 1)];
        PropertyInfo? across = varying
            .Where(column => runs.All(run => NumberOf(column, run) is not null))
            .OrderByDescending(column => runs.Select(column.GetValue).Distinct().Count())
            .ThenByDescending(column => column.Name == nameof(SweepRun.Alpha))
            .FirstOrDefault();
        (SweepRun Run, double Place)[] placed =
            [.. runs.Select((run, i) => (run, across is null ? i + 1 : NumberOf(across, run)!.Value))];
        var groups = placed.GroupBy(one => NameOf(varying.Where(column => column != across), one.Run)).ToArray();
        var chart = new Chart(
            TitleOf(metric) + FirstOf(groups.Length, "settings"),
            across?.Name ?? RunNumber,
            [.. groups.Take(MostCurves).Select(group => new ChartSeries(
                group.Key.Length > 0 ? group.Key : "all runs",
                [.. group
                    .Where(one => ValueOf(one.Run, metric) is not null)
                    .GroupBy(one => one.Place)
                    .OrderBy(same => same.Key)
                    .Select(same => new ChartPoint(same.Key, same.Average(one => ValueOf(one.Run, metric)!.Value)))])
            {
                Intervals = [.. group
                    .GroupBy(one => one.Place)
                    .Select(same => IntervalOf(
                        metric, same.Key, [.. same.Select(one => ValueOf(one.Run, metric)).OfType<double>()]))
                    .OfType<ChartInterval>()],
            })])
        {
            IsLogX = placed.Min(one => one.Place) > 0
                && placed.Max(one => one.Place) >= 50 * placed.Min(one => one.Place),
        };
        RequireAny(chart, metric);
        return chart;
    }

    /// <summary>The loss of a learning-rate range test over α, with the suggestion marked.</summary>
    public static Chart OfTrials(IReadOnlyList<LearningRateTrial> trials)
    {
        double? suggested = new LearningRateSuggestion(trials).Alpha;
        return new Chart(
            "loss at learning rates that grow from step to step",
            "α",
            [
                new ChartSeries("each batch", [.. trials.Select(trial => new ChartPoint(trial.Alpha, trial.Loss))]),
                new ChartSeries("smoothed", [
                    .. trials.Select(trial => new ChartPoint(trial.Alpha, trial.SmoothedLoss))]),
            ])
        {
            IsLogX = true,
            Mark = suggested,
            MarkName = Invariant($"suggested: α = {suggested:G3}"),
        };
    }

    /// <summary>What tells runs apart, such as <c>α 0.1, seed 2</c>; their numbers when nothing does.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<TrainingResult> runs)
    {
        Func<TrainingResult, string>[] parts =
        [
            run => run.Network.ToString(),
            run => run.Settings.Optimizer.ToString(),
            run => Invariant($"α {run.Alpha}"),
            run => run.Settings.BatchSize is int size ? Invariant($"batch {size}") : "full batch",
            run => run.Settings.Schedule.ToString(),
            run => Invariant($"decay {run.Settings.WeightDecay}"),
            run => Invariant($"seed {run.Seed}"),
        ];
        Func<TrainingResult, string>[] telling = [.. parts.Where(part => runs.Select(part).Distinct().Count() > 1)];
        return [.. runs.Select((run, i) => telling.Length > 0
            ? string.Join(", ", telling.Select(part => part(run)))
            : Invariant($"run {i + 1}"))];
    }

    private static bool IsByEpoch(IReadOnlyList<HistoryRow> rows)
        => rows.Count > 0 && rows[^1].Epoch == rows.Count && rows[^1].Iteration > rows.Count;

    /// <summary>The points of a curve; of more rows than any screen shows, the means of neighbours.</summary>
    private static ChartPoint[] Points(
        IReadOnlyList<HistoryRow> rows, bool isByEpoch, Func<HistoryRow, double?> value)
    {
        int share = Math.Max(1, (rows.Count + MostPoints - 1) / MostPoints);
        var points = new ChartPoint[(rows.Count + share - 1) / share];
        for (int p = 0; p < points.Length; p++)
        {
            double x = 0, y = 0;
            int count = 0;
            for (int i = p * share; i < Math.Min((p + 1) * share, rows.Count); i++)
            {
                if (value(rows[i]) is double number && double.IsFinite(number))
                {
                    x += isByEpoch ? rows[i].Epoch : rows[i].Iteration;
                    y += number;
                    count++;
                }
            }

            points[p] = count > 0 ? new ChartPoint(x / count, y / count) : new ChartPoint(double.NaN, double.NaN);
        }

        return points;
    }

    private static string TitleOf(HistoryMetric metric) => metric switch
    {
        HistoryMetric.Loss => "loss",
        HistoryMetric.Accuracy => "accuracy",
        HistoryMetric.ValidationLoss => "loss on the validation share",
        HistoryMetric.ValidationAccuracy => "accuracy on the validation share",
        _ => throw new SettingException("Metric", $"There is no metric {metric}."),
    };

    private static double? ValueOf(HistoryRow row, HistoryMetric metric) => metric switch
    {
        HistoryMetric.Loss => row.Loss,
        HistoryMetric.Accuracy => row.Accuracy,
        HistoryMetric.ValidationLoss => row.ValidationLoss,
        HistoryMetric.ValidationAccuracy => row.ValidationAccuracy,
        _ => throw new SettingException("Metric", $"There is no metric {metric}."),
    };

    private static double? ValueOf(SweepRun run, HistoryMetric metric) => metric switch
    {
        HistoryMetric.Loss => run.Loss,
        HistoryMetric.Accuracy => run.TestAccuracy ?? run.TrainAccuracy,
        HistoryMetric.ValidationLoss => null,
        HistoryMetric.ValidationAccuracy => run.ValidationAccuracy,
        _ => throw new SettingException("Metric", $"There is no metric {metric}."),
    };

    /// <summary>The interval of the mean of some runs; null where there are too few or they were not finite.</summary>
    private static ChartInterval? IntervalOf(HistoryMetric metric, double place, double[] values)
    {
        double most = metric is HistoryMetric.Accuracy or HistoryMetric.ValidationAccuracy ? 1 : double.MaxValue;
        return values.All(double.IsFinite)
            && ConfidenceInterval.OfMean(values)?.Within(0, most) is ConfidenceInterval interval
            ? new ChartInterval(place, interval.Low, interval.High)
            : null;
    }

    private static double? NumberOf(PropertyInfo column, SweepRun run) => column.GetValue(run) switch
    {
        string text
            => double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out double number) ? number
            : null,
        int or double => Convert.ToDouble(column.GetValue(run), CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string NameOf(IEnumerable<PropertyInfo> columns, SweepRun run)
        => string.Join(", ", columns.Select(column => $"{column.Name} {Setting.Text(column.GetValue(run))}"));

    private static string FirstOf(int count, string things)
        => count > MostCurves ? Invariant($" (the first {MostCurves} of {count:N0} {things})") : "";

    private static void RequireAny(Chart chart, HistoryMetric metric)
    {
        if (chart.Shown.Count == 0)
        {
            throw new SettingException(
                "Metric", $"None of the runs tells its {TitleOf(metric)}. Choose another `Metric`.", "MetricMissing");
        }
    }
}
