using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Draws curves of a training, of several, of a sweep or of a learning-rate range test in the terminal.
/// </summary>
[Cmdlet(VerbsCommon.Show, "TrainingHistory", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(string))]
public sealed class ShowTrainingHistoryCommand : PictureCommand
{
    private const int Rows = 10;

    private readonly List<TrainingResult> _results = [];
    private readonly List<HistoryRow> _rows = [];
    private readonly List<(string Name, IReadOnlyList<HistoryRow> Rows)> _kept = [];
    private readonly List<SweepRun> _runs = [];
    private readonly List<LearningRateTrial> _trials = [];

    /// <summary>
    /// Results of Invoke-Training, rows of a history, rows of a sweep, or what Find-LearningRate found.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object InputObject { get; set; } = null!;

    /// <summary>What the curves of several runs or of a sweep show.</summary>
    [Parameter]
    public HistoryMetric? Metric { get; set; }

    private protected override void Process()
    {
        Target = InputObject;
        Take(InputObject);
    }

    private protected override void End()
    {
        Target = null;
        bool isFirst = true;
        foreach (Chart chart in Charts())
        {
            if (!isFirst)
            {
                WriteObject("");
            }

            isFirst = false;
            WriteBlock(ChartText.Draw(chart, Rows, Screen));
        }
    }

    private void Take(object? item)
    {
        switch (ArgumentValue.Unwrap(item))
        {
            case null:
                break;
            case TrainingResult result:
                _results.Add(result);
                break;
            case HistoryRow row:
                _rows.Add(row);
                break;
            case SweepRun run:
                _runs.Add(run);
                break;
            case LearningRateTrial trial:
                _trials.Add(trial);
                break;
            case LearningRateSuggestion suggestion:
                _trials.AddRange(suggestion.Trials);
                break;
            case IList list:
                foreach (object? element in list)
                {
                    Take(element);
                }

                break;
            default:
                TakeByProperties(PSObject.AsPSObject(item));
                break;
        }
    }

    /// <summary>Takes what came out of a file or another process: it has the names of its properties still.</summary>
    private void TakeByProperties(PSObject wrapped)
    {
        if (wrapped.Properties["Trials"]?.Value is object trials)
        {
            Take(trials);
        }
        else if (wrapped.Properties["History"]?.Value is object history
            && ArgumentValue.Unwrap(history) is IEnumerable rows)
        {
            _kept.Add((wrapped.Properties["Network"]?.Value?.ToString() ?? "",
                [.. rows.Cast<object?>().Select(RowOf)]));
        }
        else if (Has(wrapped, nameof(LearningRateTrial.SmoothedLoss)))
        {
            _trials.Add(new LearningRateTrial(
                (int)(Number(wrapped, nameof(LearningRateTrial.Step)) ?? 0),
                Number(wrapped, nameof(LearningRateTrial.Alpha)) ?? double.NaN,
                Number(wrapped, nameof(LearningRateTrial.Loss)) ?? double.NaN,
                Number(wrapped, nameof(LearningRateTrial.SmoothedLoss)) ?? double.NaN,
                Text(wrapped, nameof(LearningRateTrial.IsSuggested)) == bool.TrueString));
        }
        else if (Has(wrapped, nameof(SweepRun.NetworkFingerprint)))
        {
            _runs.Add(RunOf(wrapped));
        }
        else if (Has(wrapped, nameof(HistoryRow.Iteration)) && Has(wrapped, nameof(HistoryRow.Loss)))
        {
            _rows.Add(RowOf(wrapped));
        }
        else
        {
            throw new SettingException(
                nameof(InputObject),
                "Results of Invoke-Training, rows of their History, rows of a sweep, or what Find-LearningRate found "
                    + $"can be drawn; found {ArgumentValue.Describe(wrapped.BaseObject)}.",
                "InputNotDrawable");
        }
    }

    private IEnumerable<Chart> Charts()
    {
        List<(string Name, IReadOnlyList<HistoryRow> Rows)> histories =
        [
            .. HistoryCharts.NamesOf(_results).Zip(_results, (name, result) => (name, result.History)),
            .. _kept,
        ];
        if (_rows.Count > 0)
        {
            histories.Add(("", _rows));
        }

        if (histories.Count == 1 && Metric is null)
        {
            string name = _results.Count == 1 ? _results[0].Network.ToString() : histories[0].Name;
            foreach (Chart chart in HistoryCharts.OfRun(name, histories[0].Rows))
            {
                yield return chart;
            }
        }
        else if (histories.Count > 0)
        {
            yield return HistoryCharts.OfRuns(histories, Metric ?? HistoryMetric.Loss);
        }

        if (_runs.Count > 0)
        {
            yield return HistoryCharts.OfSweep(_runs, Metric ?? HistoryMetric.Accuracy);
        }

        if (_trials.Count > 0)
        {
            yield return HistoryCharts.OfTrials(_trials);
        }
    }

    private static SweepRun RunOf(PSObject item)
    {
        try
        {
            return SweepColumns.Parse(name => Text(item, name));
        }
        catch (FormatException exception)
        {
            throw new SettingException(nameof(InputObject), $"This is not a row of a sweep: {exception.Message}",
                "InputNotDrawable");
        }
    }

    private static HistoryRow RowOf(object? item)
    {
        if (ArgumentValue.Unwrap(item) is HistoryRow row)
        {
            return row;
        }

        PSObject wrapped = PSObject.AsPSObject(item);
        return new HistoryRow(
            (int)(Number(wrapped, nameof(HistoryRow.Iteration)) ?? 0),
            (int)(Number(wrapped, nameof(HistoryRow.Epoch)) ?? 0),
            Number(wrapped, nameof(HistoryRow.Loss)) ?? double.NaN,
            Number(wrapped, nameof(HistoryRow.Accuracy)) ?? double.NaN,
            Number(wrapped, nameof(HistoryRow.ValidationLoss)),
            Number(wrapped, nameof(HistoryRow.ValidationAccuracy)),
            0,
            0,
            0);
    }

    private static bool Has(PSObject item, string name) => item.Properties[name] is not null;

    private static string? Text(PSObject item, string name)
        => Convert.ToString(ArgumentValue.Unwrap(item.Properties[name]?.Value), CultureInfo.InvariantCulture);

    private static double? Number(PSObject item, string name)
        => double.TryParse(Text(item, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number : null;
}
