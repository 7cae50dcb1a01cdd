using System.Collections.ObjectModel;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace MnistNet.Cmdlets;

/// <summary>From what a user types as a path to a path of the file system.</summary>
internal static class FileSystemPaths
{
    /// <summary>
    /// The files and folders that a path names, possibly with wildcards; a path that names none is reported and passed
    /// over.
    /// </summary>
    internal static IReadOnlyList<string> ResolveExisting(this PSCmdlet cmdlet, string path, bool literal)
    {
        try
        {
            ProviderInfo provider;
            Collection<string> found = literal
                ? [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : cmdlet.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.ImplementingType != typeof(FileSystemProvider))
            {
                cmdlet.WriteError(ErrorRecords.NotAFile(path, provider));
                return [];
            }

            if (found.Count == 0 || (literal && !System.IO.Path.Exists(found[0])))
            {
                cmdlet.WriteError(ErrorRecords.PathNotFound(path));
                return [];
            }

            return found;
        }
        catch (Exception exception) when (exception is SessionStateException or NotSupportedException)
        {
            cmdlet.WriteError(ErrorRecords.PathNotFound(path, exception));
            return [];
        }
    }

    /// <summary>The path of the file system that a path names, whether or not it exists.</summary>
    internal static string Resolve(SessionState session, string path)
    {
        string file = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.ImplementingType == typeof(FileSystemProvider)
            ? file
            : throw new SettingException(
                "Path",
                $"'{path}' belongs to the provider {provider.Name}; a path of the file system is needed.",
                "NotAFileSystemPath");
    }
}
