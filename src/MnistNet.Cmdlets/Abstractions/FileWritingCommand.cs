using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// The base of cmdlets that write files. A file that is there is replaced, unless <c>-NoClobber</c> protects it;
/// a read-only one is replaced with <c>-Force</c> alone. The engine writes beside the target and renames, so the old
/// file is whole until then.
/// </summary>
public abstract class FileWritingCommand : MnistNetCommand
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public virtual string Path { get; set; } = "";

    /// <summary>Replaces a file even when it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not replace a file that is there.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes a file, after asking where the user wants to be asked.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="what">What is written, such as <c>784-10-10 ReLU</c>.</param>
    /// <param name="write">Writes beside the target and renames; given the resolved path.</param>
    /// <param name="filesOf">The files that a resolved path stands for, when it is not the one file itself.</param>
    private protected void WriteFile(
        string path, string what, Action<string> write, Func<string, IReadOnlyList<string>>? filesOf = null)
    {
        Target = path;
        string resolved = FileSystemPaths.Resolve(SessionState, path);
        Target = resolved;
        if (Directory.Exists(resolved))
        {
            ThrowTerminatingError(ErrorRecords.TargetIsFolder(resolved));
        }

        IReadOnlyList<string> files = filesOf?.Invoke(resolved) ?? [resolved];
        foreach (string file in files)
        {
            RequireWritable(file);
        }

        string names = string.Join(", ", files);
        if (!ShouldProcess(names, $"Save {what}"))
        {
            return;
        }

        write(resolved);
        long length = files.Select(file => new FileInfo(file)).Where(file => file.Exists).Sum(file => file.Length);
        WriteVerbose($"Saved {what} as {names}, {Quantity.Bytes(length)}.");
    }

    private void RequireWritable(string file)
    {
        if (Directory.Exists(file))
        {
            ThrowTerminatingError(ErrorRecords.TargetIsFolder(file));
        }

        var target = new FileInfo(file);
        if (target.DirectoryName is string folder && !Directory.Exists(folder))
        {
            ThrowTerminatingError(ErrorRecords.TargetFolderMissing(file, folder));
        }

        if (target.Exists && NoClobber)
        {
            ThrowTerminatingError(ErrorRecords.TargetExists(file));
        }

        switch (AtomicFile.FindProtection(file))
        {
            case FileProtection.AnotherUsers:
                ThrowTerminatingError(ErrorRecords.TargetIsAnotherUsers(file));
                break;
            case FileProtection.ReadOnly when !Force:
                ThrowTerminatingError(ErrorRecords.TargetReadOnly(file));
                break;
            default:
                break;
        }
    }
}
