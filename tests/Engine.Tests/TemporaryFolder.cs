namespace MnistNet.Tests;

/// <summary>A folder of a test's own, gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mnistnet-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The names of the files in it.</summary>
    public string[] Names =>
    [
        .. Directory.GetFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Writes a file, whose name may have a sub-folder, and gives its path.</summary>
    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>A named pipe, which nobody writes to; the test is skipped where there are none.</summary>
    public string MakePipe(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes in the file system here.");
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [this[name]]);
        mkfifo.WaitForExit();
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
