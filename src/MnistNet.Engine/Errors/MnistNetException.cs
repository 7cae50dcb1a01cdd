namespace MnistNet;

/// <summary>
/// A fault that a user can mend: its message says what was found, what was expected and what to do.
/// </summary>
/// <param name="errorId">A stable identifier that scripts may test, such as <c>NetworkDataShapeMismatch</c>.</param>
/// <param name="message">What was found, what was expected, what to do.</param>
/// <param name="innerException">The cause, when there is one.</param>
public abstract class MnistNetException(string errorId, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>A stable identifier that scripts may test.</summary>
    public string ErrorId { get; } = errorId;
}
