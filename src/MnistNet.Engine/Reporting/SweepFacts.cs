using System.Reflection;

namespace MnistNet;

/// <summary>What a sweep's page tells of: its runs, summed up by setting, and the figure that judges them.</summary>
internal sealed class SweepFacts
{
    private readonly PropertyInfo _figure;

    /// <summary>Sums up the runs.</summary>
    /// <exception cref="SettingException">The rows are of different data, or none has a figure.</exception>
    public SweepFacts(IReadOnlyList<SweepRun> runs)
    {
        Runs = runs;
        Summaries = SweepSummary.Of(runs);
        Varying = SweepSummary.FindVarying(runs);
        _figure = typeof(SweepRun).GetProperty(MetricName)!;
    }

    /// <summary>The runs.</summary>
    public IReadOnlyList<SweepRun> Runs { get; }

    /// <summary>What they say of each setting, the best mean first.</summary>
    public IReadOnlyList<SweepSummary> Summaries { get; }

    /// <summary>The names of the settings that differ between runs, seeds aside.</summary>
    public IReadOnlyList<string> Varying { get; }

    /// <summary>The name of the figure's column.</summary>
    public string MetricName => Summaries[0].Metric;

    /// <summary>The figure in words.</summary>
    public string Metric => MetricName switch
    {
        nameof(SweepRun.TestAccuracy) => "accuracy on the test set",
        nameof(SweepRun.ValidationAccuracy) => "accuracy on the validation share",
        nameof(SweepRun.TrainAccuracy) => "accuracy in training",
        nameof(SweepRun.TestLoss) => "loss on the test set",
        _ => "loss in training",
    };

    /// <summary>The runs that have the figure, the best first.</summary>
    public IEnumerable<SweepRun> BestFirst => Runs
        .Where(run => run.Error.Length == 0 && ValueOf(run) is double value && double.IsFinite(value))
        .OrderBy(run => IsLoss ? ValueOf(run) : -ValueOf(run));

    private bool IsLoss => MetricName is nameof(SweepRun.Loss) or nameof(SweepRun.TestLoss);

    /// <summary>The figure of a run; null where it has none.</summary>
    public double? ValueOf(SweepRun run) => (double?)_figure.GetValue(run);

    /// <summary>A value of the figure as it is written: an accuracy in percent, a loss as a number.</summary>
    public string Text(double? value) => IsLoss ? ReportNumbers.Number(value) : ReportNumbers.Exact(value);

    /// <summary>The largest accuracy of a setting's runs, or their smallest loss.</summary>
    public double? BestOf(SweepSummary summary) => IsLoss ? summary.Minimum : summary.Maximum;

    /// <summary>The interval of a setting's mean; null where one run tells of none.</summary>
    public static ConfidenceInterval? IntervalOf(SweepSummary summary)
        => summary is { IntervalLow: double low, IntervalHigh: double high } ? new ConfidenceInterval(low, high) : null;

    /// <summary>The interval as it is written.</summary>
    public string IntervalText(SweepSummary summary)
        => IntervalOf(summary) is ConfidenceInterval interval ? $"{Text(interval.Low)} to {Text(interval.High)}" : "–";

    /// <summary>What a setting is called.</summary>
    public static string NameOf(SweepSummary summary) => summary.Setting.Length > 0 ? summary.Setting : "all runs";

    /// <summary>The text as it begins a sentence.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
