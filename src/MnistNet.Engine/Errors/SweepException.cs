namespace MnistNet;

/// <summary>A sweep that cannot go on, or a worker of it that cannot.</summary>
/// <param name="errorId">A stable identifier, such as <c>SessionLost</c>.</param>
/// <param name="message">What happened, what was kept, what to do.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class SweepException(string errorId, string message, Exception? innerException = null)
    : MnistNetException(errorId, message, innerException)
{
    internal SweepException(string errorId, InvariantText message, Exception? innerException = null)
        : this(errorId, message.ToString(), innerException)
    {
    }
}
