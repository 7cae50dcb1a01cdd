namespace MnistNet;

/// <summary>Saves networks to files and loads them, in the format that the file's extension names.</summary>
public static class NetworkFile
{
    private static readonly INetworkFormat[] Formats = [new SafetensorsNetworkFormat()];

    /// <summary>The extensions there are, such as <c>.safetensors</c>.</summary>
    public static IReadOnlyList<string> Extensions { get; } = Array.ConvertAll(Formats, format => format.Extension);

    /// <summary>Saves a network. The file is whole or, when anything fails, as it was before.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its extension decides the format.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    /// <exception cref="SettingException">No format has this extension.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(Network network, string path, bool overwrite = true, bool overwriteReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        Save(network, null, path, overwrite, overwriteReadOnly);
    }

    /// <summary>Saves the network of a training, with the facts of the training where the format has room for them.</summary>
    /// <param name="result">The training's result.</param>
    /// <param name="path">The file; its extension decides the format.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    /// <inheritdoc cref="Save(Network, string, bool, bool)" path="/exception"/>
    public static void Save(TrainingResult result, string path, bool overwrite = true, bool overwriteReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        Save(result.Network, result, path, overwrite, overwriteReadOnly);
    }

    /// <summary>Loads a network.</summary>
    /// <param name="path">The file; its extension tells the format.</param>
    /// <exception cref="SettingException">No format has this extension.</exception>
    /// <exception cref="DataFormatException">The file does not hold a network in this format.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static Network Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new SettingException(
                "Path",
                $"{path} is a folder; expected the file of a network ({string.Join(", ", Extensions)}).",
                "PathIsFolder");
        }

        INetworkFormat format = FormatOf(path);
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            // A pipe has no length either, and opening one would wait for somebody to write to it.
            throw new DataFormatException("FileEmpty", path, $"it is empty, or no ordinary file; expected a network in the format {format.Extension}.");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return format.Read(stream, path);
        }
        catch (EndOfStreamException exception)
        {
            throw new DataFormatException("FileTruncated", path, "became shorter while it was read.", exception);
        }
    }

    private static void Save(
        Network network, TrainingResult? training, string path, bool overwrite, bool overwriteReadOnly)
    {
        INetworkFormat format = FormatOf(path);
        AtomicFile.Write(path, stream => format.Write(stream, network, training), overwrite, overwriteReadOnly);
    }

    private static INetworkFormat FormatOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string extension = Path.GetExtension(path);
        return Array.Find(Formats, format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingException(
                "Path",
                $"{path} has {(extension.Length == 0 ? "no extension" : $"the extension {extension}")}; a network's file has one of {string.Join(", ", Extensions)}.",
                "UnknownNetworkFormat");
    }
}
