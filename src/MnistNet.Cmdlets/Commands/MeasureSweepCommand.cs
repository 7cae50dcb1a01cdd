using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Sums up the runs of a sweep: for each setting, the mean over the seeds, its deviation, its interval, and the best.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "Sweep", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(SweepSummary))]
public sealed class MeasureSweepCommand : MnistNetCommand
{
    private readonly List<SweepRun> _rows = [];

    /// <summary>The rows of Invoke-TrainingSweep, or of a result file that Import-Csv has read.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>
    /// The figure to sum up; the accuracy on the test set where there is one, without this parameter.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateSet(
        nameof(SweepRun.TestAccuracy),
        nameof(SweepRun.ValidationAccuracy),
        nameof(SweepRun.TrainAccuracy),
        nameof(SweepRun.TestLoss),
        nameof(SweepRun.Loss))]
    public string? Metric { get; set; }

    private protected override void Process()
    {
        foreach (PSObject item in InputObject)
        {
            Target = item;
            ProcessItem(() => _rows.Add(SweepRow.Read(item)));
        }
    }

    private protected override void End()
    {
        if (_rows.Count == 0)
        {
            return;
        }

        IReadOnlyList<string> varying = SweepSummary.FindVarying(_rows);
        foreach (SweepSummary summary in SweepSummary.Of(_rows, Metric))
        {
            // The settings that differ, as columns of their own, to sort by and to plot.
            var row = new PSObject(summary);
            foreach (string name in varying)
            {
                object? value = typeof(SweepRun).GetProperty(name)!.GetValue(summary.Example);
                row.Properties.Add(new PSNoteProperty(name, value));
            }

            WriteObject(row);
        }
    }
}
