using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>The parameters that let others watch a training, row by row.</content>
public sealed partial class InvokeTrainingCommand
{
    /// <summary>Sends each history row down the pipeline as it comes, instead of the result at the end.</summary>
    [Parameter]
    public SwitchParameter StreamHistory { get; set; }

    /// <summary>The name of a variable that takes the result, for when history rows go down the pipeline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ResultVariable { get; set; } = "";

    // At most one line a second for those who asked for -Verbose; a short training has thousands of rows.
    private double _nextReport;

    private void Observe(HistoryRow step, TrainingProgress progress, PipelineMessages messages)
    {
        progress.Observe(step);
        _checkpointFault = null;
        if (step.Seconds >= _nextReport)
        {
            messages.Verbose(progress.Describe()!.Value.Status);
            _nextReport = step.Seconds + 1;
        }

        if (StreamHistory)
        {
            messages.Output(step);
        }
    }
}
