namespace MnistNet;

/// <summary>Another writer holds a file that allows only one at a time.</summary>
/// <param name="cause">What the system says.</param>
internal sealed class FileHeldException(IOException cause) : IOException(cause.Message, cause);
