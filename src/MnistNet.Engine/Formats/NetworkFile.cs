namespace MnistNet;

/// <summary>Saves networks to files and loads them, in the format that the file's extension names.</summary>
public static class NetworkFile
{
    private const int StartLength = 16;

    private static readonly INetworkFormat[] Formats =
    [
        new SafetensorsNetworkFormat(), new OnnxNetworkFormat(), new NpzNetworkFormat(), new JsonNetworkFormat(),
    ];

    /// <summary>The extensions there are, such as <c>.safetensors</c>.</summary>
    public static IReadOnlyList<string> Extensions { get; } = Array.ConvertAll(Formats, format => format.Extension);

    /// <summary>Saves a network. The file is whole or, when anything fails, as it was before.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its extension decides the format, unless the options do.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    /// <param name="options">The format and what it leaves open; null for what is usual.</param>
    /// <exception cref="SettingException">No format has this extension.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(
        Network network,
        string path,
        bool overwrite = true,
        bool overwriteReadOnly = false,
        NetworkFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Save(network, null, path, overwrite, overwriteReadOnly, options);
    }

    /// <summary>
    /// Saves the network of a training, with the facts of the training where the format has room for them.
    /// </summary>
    /// <param name="result">The training's result.</param>
    /// <param name="path">The file; its extension decides the format, unless the options do.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    /// <param name="options">The format and what it leaves open; null for what is usual.</param>
    /// <inheritdoc cref="Save(Network, string, bool, bool, NetworkFileOptions)" path="/exception"/>
    public static void Save(
        TrainingResult result,
        string path,
        bool overwrite = true,
        bool overwriteReadOnly = false,
        NetworkFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        Save(result.Network, result, path, overwrite, overwriteReadOnly, options);
    }

    /// <summary>Loads a network.</summary>
    /// <param name="path">The file; its extension tells the format.</param>
    /// <exception cref="SettingException">No format has this extension.</exception>
    /// <exception cref="DataFormatException">The file does not hold a network in this format.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static Network Load(string path) => Load(path, new NetworkFileOptions()).Network;

    /// <summary>Loads a network that may be another program's, and tells how the file was understood.</summary>
    /// <param name="path">The file; its extension tells the format, unless the options do.</param>
    /// <param name="options">What is known of the file.</param>
    /// <inheritdoc cref="Load(string)" path="/exception"/>
    public static LoadedNetwork Load(string path, NetworkFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Directory.Exists(path))
        {
            throw new SettingException(
                "Path",
                $"{path} is a folder; expected the file of a network ({string.Join(", ", Extensions)}).",
                "PathIsFolder");
        }

        INetworkFormat format = FormatOf(path, options.Format);
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            // A pipe has no length either, and opening one would wait for a writer.
            throw new DataFormatException(
                "FileEmpty",
                path,
                $"it is empty, or no ordinary file; expected a network in the format {format.Extension}.");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        RequireContent(stream, path, format, options);
        var reading = new NetworkReading(path, options);
        try
        {
            Network network = format.Read(stream, reading);
            return new LoadedNetwork(network.Named(Path.GetFileName(path)), reading.Notes, reading.Warnings);
        }
        catch (EndOfStreamException exception)
        {
            throw new DataFormatException("FileTruncated", path, "became shorter while it was read.", exception);
        }
    }

    private static void Save(
        Network network,
        TrainingResult? training,
        string path,
        bool overwrite,
        bool overwriteReadOnly,
        NetworkFileOptions? options)
    {
        options ??= new NetworkFileOptions();
        INetworkFormat format = FormatOf(path, options.Format);
        AtomicFile.Write(
            path, stream => format.Write(stream, network, training, options), overwrite, overwriteReadOnly);
    }

    /// <summary>The format that a path's extension means, unless one is wanted.</summary>
    /// <exception cref="SettingException">No format has this extension.</exception>
    public static NetworkFileFormat FindFormat(string path, NetworkFileFormat? wanted = null) =>
        FormatOf(path, wanted).Format;

    private static INetworkFormat FormatOf(string path, NetworkFileFormat? asked)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (asked is NetworkFileFormat wanted)
        {
            return Array.Find(Formats, format => format.Format == wanted)
                ?? throw new SettingException("Format", $"There is no format {wanted}.", "UnknownNetworkFormat");
        }

        string extension = Path.GetExtension(path);
        string found = extension.Length == 0 ? "no extension" : $"the extension {extension}";
        return Array.Find(Formats, format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingException(
                "Path",
                $"{path} has {found}; a network's file has one of {string.Join(", ", Extensions)}.",
                "UnknownNetworkFormat");
    }

    /// <summary>
    /// A file whose content is plainly of another format than its name is told so, not what its bytes lack.
    /// </summary>
    private static void RequireContent(
        FileStream stream, string path, INetworkFormat expected, NetworkFileOptions options)
    {
        Span<byte> start = stackalloc byte[StartLength];
        start = start[..stream.ReadAtLeast(start, StartLength, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (expected.Recognizes(start))
        {
            return;
        }

        foreach (INetworkFormat format in Formats)
        {
            if (format.Recognizes(start))
            {
                string said =
                    options.Format is null ? $"its name says {expected.Format}" : $"{expected.Format} was asked for";
                throw new DataFormatException(
                    "FormatMismatch",
                    path,
                    $"{said}, and its content looks like {format.Format}. Give `Format` {format.Format}, "
                        + $"or name the file with {format.Extension}.");
            }
        }
    }
}
