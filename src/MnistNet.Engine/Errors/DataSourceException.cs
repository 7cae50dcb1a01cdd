namespace MnistNet;

/// <summary>Data that could not be found or fetched anywhere.</summary>
/// <param name="errorId">A stable identifier, such as <c>DataNotFound</c>.</param>
/// <param name="message">Where it was looked for, and what to do.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class DataSourceException(string errorId, string message, Exception? innerException = null)
    : MnistNetException(errorId, message, innerException)
{
    internal DataSourceException(string errorId, InvariantText message, Exception? innerException = null)
        : this(errorId, message.ToString(), innerException)
    {
    }
}
