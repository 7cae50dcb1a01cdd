using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>The parameters that keep a training safe, and that let others watch it.</content>
public sealed partial class InvokeTrainingCommand
{
    /// <summary>A file that keeps all that is needed to go on after an interruption.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string CheckpointPath { get; set; } = "";

    /// <summary>
    /// The number of history rows between two checkpoints; every row, but at most once a second, without this
    /// parameter.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int CheckpointEvery { get; set; }

    /// <summary>
    /// Goes on from the checkpoint, in mid-epoch too, to the same bits as if there had been no interruption.
    /// </summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Sends each history row down the pipeline as it comes, instead of the result at the end.</summary>
    [Parameter]
    public SwitchParameter StreamHistory { get; set; }

    /// <summary>The name of a variable that takes the result, for when history rows go down the pipeline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ResultVariable { get; set; } = "";

    // At most one line a second for those who asked for -Verbose; a short training has thousands of rows.
    private double _nextReport;

    // Why the checkpoint after the latest row, or at the end, could not be written; null when it could.
    private volatile Exception? _checkpointFault;

    private CheckpointSettings? CreateCheckpoints()
    {
        if (CheckpointPath.Length == 0)
        {
            return null;
        }

        string file = FileSystemPaths.Resolve(SessionState, CheckpointPath);
        if (Resume)
        {
            WriteVerbose(File.Exists(file)
                ? $"Going on from the checkpoint {file}."
                : $"There is no checkpoint {file} yet; training begins at the start.");
        }

        return new CheckpointSettings(file)
        {
            Every = Given(nameof(CheckpointEvery)) ? CheckpointEvery : null,
            Resume = Resume,
        };
    }

    /// <summary>The checkpoints, with a failure to write one told as a warning, once, while training goes on.</summary>
    private CheckpointSettings? WithWarning(CheckpointSettings? checkpoints, PipelineMessages messages)
    {
        bool isFirst = true;
        return checkpoints is null ? null : checkpoints with
        {
            OnFailure = exception =>
            {
                _checkpointFault = exception;
                if (isFirst)
                {
                    messages.Warning(
                        $"The checkpoint could not be written, and training goes on without it: {exception.Message}");
                    isFirst = false;
                }
            },
        };
    }

    private void RequireCheckpointPath()
    {
        foreach (string parameter in new[] { nameof(CheckpointEvery), nameof(Resume) })
        {
            if (Given(parameter) && CheckpointPath.Length == 0)
            {
                throw new SettingException(
                    parameter,
                    $"-{parameter} needs -CheckpointPath, the file to keep the checkpoint in.",
                    "CheckpointPathMissing");
            }
        }
    }

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
