namespace MnistNet.Architecture;

/// <summary>The folder that this project's sources are in.</summary>
internal static class Repository
{
    /// <summary>The nearest folder above the tests that holds the solution.</summary>
    internal static string Root { get; } = Find();

    /// <summary>The files of a folder with one of these endings, without what builds leave behind.</summary>
    internal static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "TestResults"))
            .Order(StringComparer.Ordinal);

    /// <summary>A file's path as it is written in the repository.</summary>
    internal static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MnistNet.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException(
            $"No folder above {AppContext.BaseDirectory} holds MnistNet.slnx: run these tests inside the repository.");
    }
}
