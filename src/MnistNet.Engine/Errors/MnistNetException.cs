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

/// <summary>A file or a stream whose content is not what its format demands.</summary>
/// <param name="errorId">A stable identifier, such as <c>IdxTruncated</c>.</param>
/// <param name="path">The file, or a description of the source.</param>
/// <param name="message">What was found and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class DataFormatException(string errorId, string path, string message, Exception? innerException = null)
    : MnistNetException(errorId, $"{path}: {message}", innerException)
{
    /// <summary>The file, or a description of the source.</summary>
    public string Path { get; } = path;
}

/// <summary>Data that could not be found or fetched anywhere.</summary>
/// <param name="errorId">A stable identifier, such as <c>DataNotFound</c>.</param>
/// <param name="message">Where it was looked for, and what to do.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class DataSourceException(string errorId, string message, Exception? innerException = null)
    : MnistNetException(errorId, message, innerException);

/// <summary>Two things whose shapes do not fit: matrices, or a network and its data.</summary>
/// <param name="message">Both shapes, and what to do.</param>
/// <param name="errorId">A stable identifier.</param>
public sealed class ShapeException(string message, string errorId = "ShapeMismatch") : MnistNetException(errorId, message);

/// <summary>A setting outside its range, or one that contradicts another.</summary>
/// <param name="setting">The setting's name, as the user typed it.</param>
/// <param name="message">The value found, the values allowed, and what to do.</param>
/// <param name="errorId">A stable identifier.</param>
public sealed class SettingException(string setting, string message, string errorId = "InvalidSetting")
    : MnistNetException(errorId, message)
{
    /// <summary>The setting's name.</summary>
    public string Setting { get; } = setting;
}
