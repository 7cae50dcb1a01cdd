namespace MnistNet;

/// <summary>
/// Writes whole files or nothing: the content goes into a file beside the target, is flushed to the disk, and takes the
/// target's name only then. Whatever fails on the way, a crash included, the old file stays as it was.
/// </summary>
public static class AtomicFile
{
    /// <summary>A leftover younger than this may belong to a writer that is just beginning.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromMinutes(1);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The target. A link is followed; the permissions of a file that is there are kept.</param>
    /// <param name="write">Writes the content. When it throws, the target is untouched and nothing is left behind.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="IOException">The file could not be written, is there already, or is no ordinary file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file is read-only.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Resolve(path);
        bool exists = RequireReplaceable(target, overwrite);
        string folder = Path.GetDirectoryName(target)!;
        string name = Path.GetFileName(target);
        RemoveLeftovers(folder, name);

        string aside = Path.Combine(folder, Aside(name, Guid.NewGuid()));
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (exists && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(aside, File.GetUnixFileMode(target));
            }

            File.Move(aside, target, overwrite);
        }
        catch
        {
            TryDelete(aside);
            throw;
        }
    }

    /// <summary>The file that a path means in the end, links followed.</summary>
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null
            ? full
            : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }

    private static bool RequireReplaceable(string target, bool overwrite)
    {
        if (Directory.Exists(target))
        {
            throw new IOException($"{target} is a folder; expected the name of a file.");
        }

        var file = new FileInfo(target);
        if (!file.Exists)
        {
            return false;
        }

        if (!overwrite)
        {
            throw new IOException($"{target} is there already and was not to be replaced.");
        }

        if (file.IsReadOnly)
        {
            throw new UnauthorizedAccessException($"{target} is read-only.");
        }

        // Renaming onto a device or a pipe would replace the thing itself. Opened for reading alone, a pipe would keep us waiting.
        using FileStream old = file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!old.CanSeek || file.Attributes.HasFlag(FileAttributes.Device) || IsDeviceFolder(target))
        {
            throw new IOException($"{target} is no ordinary file.");
        }

        return true;
    }

    private static bool IsDeviceFolder(string target)
        => !OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>Removes what writers of the same file left when they were killed. A writer at work holds its file open and keeps it.</summary>
    private static void RemoveLeftovers(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder {folder} does not exist.");
        }

        foreach (string leftover in Directory.EnumerateFiles(folder, $".{name}.*.tmp"))
        {
            if (IsAside(Path.GetFileName(leftover), name) && DateTime.UtcNow - File.GetLastWriteTimeUtc(leftover) > LeftoverAge && !IsHeld(leftover))
            {
                TryDelete(leftover);
            }
        }
    }

    private static string Aside(string name, Guid writer) => $".{name}.{writer:N}.tmp";

    /// <summary>Whether a file's name is one that a writer of the given name makes; others' files only look alike.</summary>
    private static bool IsAside(string candidate, string name)
        => candidate.Length == Aside(name, Guid.Empty).Length
            && Guid.TryParseExact(candidate.AsSpan(name.Length + 2, 32), "N", out Guid writer)
            && candidate == Aside(name, writer);

    private static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}
