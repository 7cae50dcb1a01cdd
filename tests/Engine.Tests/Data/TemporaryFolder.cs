namespace MnistNet.Tests;

/// <summary>A folder of a test's own, deleted with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("mnistnet-").FullName;

    public string PathOf(string name) => Path.Combine(FullName, name);

    public string Write(string name, byte[] content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
