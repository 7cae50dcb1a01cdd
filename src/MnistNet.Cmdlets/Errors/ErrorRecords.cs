using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// The one place where exceptions become error records: a stable id, a category, the offending thing, and the remedy.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>
    /// Whether a fault is one that a user can mend. Anything else is a mistake of ours and goes through as it is.
    /// </summary>
    internal static bool IsExpected(Exception exception)
        => exception is MnistNetException or SessionStateException or IOException or UnauthorizedAccessException
            or NotSupportedException or OutOfMemoryException;

    /// <summary>Makes the record of an expected fault.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The thing that was worked on, for faults that do not name it themselves.</param>
    internal static ErrorRecord Create(Exception exception, object? target)
    {
        ErrorRecord record = Categorize(exception, target);
        if (exception is MnistNetException)
        {
            record.ErrorDetails = new ErrorDetails(ParameterNames.In(exception.Message));
        }

        return record;
    }

    private static ErrorRecord Categorize(Exception exception, object? target) => exception switch
    {
        SettingException e => new(e, e.ErrorId, ErrorCategory.InvalidArgument, e.Setting),
        DataFormatException e => new(e, e.ErrorId, ErrorCategory.InvalidData, e.Path),
        DataSourceException e => new(e, e.ErrorId, ErrorCategory.ObjectNotFound, target),
        ShapeException e => new(e, e.ErrorId, ErrorCategory.InvalidData, target),
        MnistNetException e => new(e, e.ErrorId, ErrorCategory.NotSpecified, target),
        SessionStateException => new(exception, "PathNotFound", ErrorCategory.ObjectNotFound, target),
        FileNotFoundException or DirectoryNotFoundException => WithRemedy(
            new(exception, "FileNotFound", ErrorCategory.ObjectNotFound, target),
            "Check the path; its folder must exist."),
        UnauthorizedAccessException => WithRemedy(
            new(exception, "AccessDenied", ErrorCategory.PermissionDenied, target),
            "Choose a place that you may write to, or change the permissions."),
        IOException => WithRemedy(
            new(exception, "FileAccessFailed", ErrorCategory.ResourceUnavailable, target),
            "Check that the disk has room and that no other program holds the file."),
        OutOfMemoryException => WithRemedy(
            new(exception, "OutOfMemory", ErrorCategory.ResourceUnavailable, target),
            "Take fewer digits, or a narrower network."),
        NotSupportedException => new(exception, "NotSupported", ErrorCategory.NotImplemented, target),
        _ => new(exception, "UnexpectedFault", ErrorCategory.NotSpecified, target),
    };

    /// <summary>A path that names something else than a file or a folder, such as <c>env:HOME</c>.</summary>
    internal static ErrorRecord NotAFile(string path, ProviderInfo provider) => new(
        new NotSupportedException(
            $"'{path}' belongs to the provider {provider.Name}; a path of the file system is needed."),
        "NotAFileSystemPath",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>A path that names nothing, or a pattern that nothing matches.</summary>
    internal static ErrorRecord PathNotFound(string path, Exception? cause = null) => new(
        cause as ItemNotFoundException
            ?? new ItemNotFoundException($"'{path}' was not found: there is no file or folder of that name.", cause),
        "PathNotFound",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>The target stands and <c>-NoClobber</c> protects it.</summary>
    internal static ErrorRecord TargetExists(string path) => new(
        new IOException(
            $"'{path}' already exists, and -NoClobber was given. Choose another path, or leave -NoClobber away."),
        "TargetExists",
        ErrorCategory.ResourceExists,
        path);

    /// <summary>The target is read-only.</summary>
    internal static ErrorRecord TargetReadOnly(string path) => new(
        new UnauthorizedAccessException($"'{path}' is read-only. Choose another path, or overwrite it with -Force."),
        "TargetReadOnly",
        ErrorCategory.PermissionDenied,
        path);

    /// <summary>The target belongs to another user, who has not allowed others to write to it.</summary>
    internal static ErrorRecord TargetIsAnotherUsers(string path) => new(
        new UnauthorizedAccessException(
            $"'{path}' belongs to another user, and you may not write to it. Choose another path."),
        "TargetIsAnotherUsers",
        ErrorCategory.PermissionDenied,
        path);

    /// <summary>The target is a folder.</summary>
    internal static ErrorRecord TargetIsFolder(string path) => new(
        new IOException($"'{path}' is a folder; the path of a file is needed."),
        "TargetIsFolder",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>The folder of the target does not exist.</summary>
    internal static ErrorRecord TargetFolderMissing(string path, string folder) => new(
        new DirectoryNotFoundException(
            $"'{path}' cannot be written: there is no folder '{folder}'. "
            + "Make it first, with New-Item -ItemType Directory."),
        "TargetFolderMissing",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>
    /// Adds the remedy, and the user's own path where the system speaks of another, such as that of a temporary file.
    /// </summary>
    private static ErrorRecord WithRemedy(ErrorRecord record, string remedy)
    {
        string message = record.Exception.Message;
        if (record.TargetObject is string path && !message.Contains(path, StringComparison.Ordinal))
        {
            message = $"{path}: {message}";
        }

        record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = remedy };
        return record;
    }
}
