using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>The parameters that keep a training safe.</content>
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
}
