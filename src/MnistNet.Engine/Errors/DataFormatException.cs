namespace MnistNet;

/// <summary>A file or a stream whose content is not what its format demands.</summary>
/// <param name="errorId">A stable identifier, such as <c>IdxTruncated</c>.</param>
/// <param name="path">The file, or a description of the source.</param>
/// <param name="message">What was found and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class DataFormatException(string errorId, string path, string message, Exception? innerException = null)
    : MnistNetException(errorId, $"{path}: {message}", innerException)
{
    internal DataFormatException(string errorId, string path, InvariantText message, Exception? innerException = null)
        : this(errorId, path, message.ToString(), innerException)
    {
    }

    /// <summary>The file, or a description of the source.</summary>
    public string Path { get; } = path;
}
