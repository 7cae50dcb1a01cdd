using System.Security.Cryptography;

namespace MnistNet.Fuzz;

/// <summary>
/// Files on the disk: of each reader the shortest that was refused for each reason, and everything that was ever found.
/// </summary>
internal static class FuzzCorpus
{
    /// <summary>The corpus that was built with this program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>The files of a reader, always in the same order.</summary>
    public static IEnumerable<byte[]> Load(string folder, FuzzReader reader)
    {
        string own = Path.Combine(folder, reader.Name);
        return Directory.Exists(own)
            ? Directory.EnumerateFiles(own).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
            : [];
    }

    /// <summary>Keeps a file under a name that says what it does.</summary>
    public static string Save(string folder, string reader, string what, byte[] file)
    {
        string name = $"{what}-{Convert.ToHexStringLower(SHA256.HashData(file))[..8]}";
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, reader)).FullName, name);
        File.WriteAllBytes(path, file);
        return path;
    }
}
