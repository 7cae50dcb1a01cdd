namespace MnistNet;

/// <summary>
/// Where a training keeps its checkpoint: everything it needs to go on to the same bits after an interruption.
/// </summary>
/// <param name="Path">The file. It is written aside and renamed, so that there is always a whole one.</param>
public sealed record CheckpointSettings(string Path)
{
    /// <summary>
    /// The number of history rows between two checkpoints; null means every row, but not more than one a second.
    /// </summary>
    public int? Every { get; init; }

    /// <summary>
    /// Whether to go on from a checkpoint that is there. Without it, a file that is there is not replaced.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Told of a checkpoint that could not be written, because the disk is full for example; training goes on, and the
    /// checkpoint before it is whole. Null means that training ends with the error.
    /// </summary>
    public Action<Exception>? OnFailure { get; init; }
}
