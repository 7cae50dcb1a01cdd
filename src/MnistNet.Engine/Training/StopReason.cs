namespace MnistNet;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All iterations or epochs that were asked for are done.</summary>
    Completed,

    /// <summary>The accuracy that was asked for is reached.</summary>
    TargetReached,

    /// <summary>The time that was given is used up.</summary>
    TimeLimit,

    /// <summary>
    /// The validation loss has not improved for as many epochs as patience allows; the best network was kept.
    /// </summary>
    EarlyStopped,

    /// <summary>
    /// The loss was no longer a finite number; the last network known to be finite was kept, or with patience the best.
    /// </summary>
    Diverged,

    /// <summary>Somebody stopped it, with Ctrl+C for example; what was learned until then was kept.</summary>
    Cancelled,
}
