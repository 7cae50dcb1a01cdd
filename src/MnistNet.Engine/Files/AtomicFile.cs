using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace MnistNet;

/// <summary>
/// Writes whole files or nothing: the content goes into a file beside the target, is flushed to the disk, and takes the
/// target's name only then. Whatever fails on the way, a crash included, the old file stays as it was.
/// </summary>
public static class AtomicFile
{
    /// <summary>A leftover younger than this may belong to a writer that is just beginning.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromMinutes(1);

    /// <summary>The longest name, in bytes of UTF-8, that the common file systems take.</summary>
    private const int LongestName = 255;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The target. A link is followed; the permissions of a file that is there are kept.</param>
    /// <param name="write">Writes the content. When it throws, the target is untouched and nothing is left
    /// behind.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced; the new one is read-only
    /// too.</param>
    /// <exception cref="IOException">
    /// The file could not be written, is there already, or is not an ordinary file.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">
    /// The folder may not be written to, or the file is read-only or another user's.
    /// </exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = true, bool overwriteReadOnly = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Resolve(path);
        bool exists = RequireReplaceable(target, overwrite, overwriteReadOnly);
        string folder = Path.GetDirectoryName(target)!;
        string name = Path.GetFileName(target);
        RemoveLeftovers(folder, name);

        string aside = Path.Combine(folder, Aside(name, Guid.NewGuid()));
        UnixFileMode? mode = exists && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(target) : null;
        try
        {
            using (FileStream stream = Create(aside, mode))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Replace(aside, target, mode, overwrite);
        }
        catch
        {
            TryDelete(aside);
            throw;
        }
    }

    /// <summary>Why a file that is there may not be written to; null when it may.</summary>
    public static FileProtection? FindProtection(string path)
    {
        var file = new FileInfo(Resolve(path));
        if (!file.Exists || !file.IsReadOnly)
        {
            return null;
        }

        if (OperatingSystem.IsWindows())
        {
            return FileProtection.ReadOnly;
        }

        if (!IsOwn(file.FullName))
        {
            return FileProtection.AnotherUsers;
        }

        // Root is asked as if it were any other user, but may write all the same.
        return file.UnixFileMode.HasFlag(UnixFileMode.UserWrite) ? null : FileProtection.ReadOnly;
    }

    /// <summary>Makes the file beside the target: never with more permissions for others than the target has.</summary>
    private static FileStream Create(string aside, UnixFileMode? mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 16,
        };
        if (mode is UnixFileMode permissions && !OperatingSystem.IsWindows())
        {
            // Writable for its owner even where the target is not, so that a later writer can remove a leftover of this
            // one.
            options.UnixCreateMode = permissions | UnixFileMode.UserWrite;
        }

        return new FileStream(aside, options);
    }

    private static void Replace(string aside, string target, UnixFileMode? mode, bool overwrite)
    {
        if (mode is UnixFileMode permissions && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(aside, permissions);
            File.Move(aside, target, overwrite);
            return;
        }

        bool isReadOnly = File.Exists(target) && new FileInfo(target).IsReadOnly;
        if (isReadOnly)
        {
            File.SetAttributes(target, File.GetAttributes(target) & ~FileAttributes.ReadOnly);
        }

        try
        {
            File.Move(aside, target, overwrite);
        }
        finally
        {
            if (isReadOnly)
            {
                File.SetAttributes(target, File.GetAttributes(target) | FileAttributes.ReadOnly);
            }
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

    private static bool RequireReplaceable(string target, bool overwrite, bool overwriteReadOnly)
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

        switch (FindProtection(target))
        {
            case null:
                break;
            case FileProtection.AnotherUsers:
                throw new UnauthorizedAccessException(
                    $"{target} belongs to another user, and you may not write to it.");
            case FileProtection.ReadOnly when overwriteReadOnly:
                return true;
            default:
                throw new UnauthorizedAccessException($"{target} is read-only.");
        }

        // Renaming onto a device or a pipe would replace the thing itself. Opened for reading alone, a pipe would keep
        // us waiting.
        using FileStream old = file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!old.CanSeek || file.Attributes.HasFlag(FileAttributes.Device) || IsDeviceFolder(target))
        {
            throw new IOException($"{target} is not an ordinary file.");
        }

        return true;
    }

    /// <summary>
    /// Whether the file is this user's: only its owner may set its permissions, even to what they are.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private static bool IsOwn(string path)
    {
        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsDeviceFolder(string target)
        => !OperatingSystem.IsWindows()
            && target.StartsWith("/dev/", StringComparison.Ordinal)
            && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>
    /// Removes what writers of the same file left when they were killed. A writer at work holds its file open and keeps
    /// it.
    /// </summary>
    private static void RemoveLeftovers(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder {folder} does not exist.");
        }

        // Names are compared below: in a pattern, * and ? could not stand for themselves.
        foreach (string leftover in Directory.EnumerateFiles(folder, ".*.tmp"))
        {
            if (IsAside(Path.GetFileName(leftover), name)
                && DateTime.UtcNow - File.GetLastWriteTimeUtc(leftover) > LeftoverAge
                && !IsHeld(leftover))
            {
                TryDelete(leftover);
            }
        }
    }

    private static string Aside(string name, Guid writer) => $".{Stem(name)}.{writer:N}.tmp";

    /// <summary>The name, or where that would be too long with what is added, its beginning and a hash of it.</summary>
    private static string Stem(string name)
    {
        const int Added = 38, HashLength = 16;
        if (Encoding.UTF8.GetByteCount(name) + Added <= LongestName)
        {
            return name;
        }

        int length = Math.Min(name.Length, (LongestName - Added - HashLength) / 4);
        length -= char.IsHighSurrogate(name[length - 1]) ? 1 : 0;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return name[..length] + hash[..HashLength];
    }

    /// <summary>
    /// Whether a file's name is one that a writer of the given name makes; others' files only look alike.
    /// </summary>
    private static bool IsAside(string candidate, string name)
    {
        string pattern = Aside(name, Guid.Empty);
        int writer = pattern.Length - Guid.Empty.ToString("N").Length - ".tmp".Length;
        return candidate.Length == pattern.Length
            && Guid.TryParseExact(candidate.AsSpan(writer, 32), "N", out Guid id)
            && candidate == Aside(name, id);
    }

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
