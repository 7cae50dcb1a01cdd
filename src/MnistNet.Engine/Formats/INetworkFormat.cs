namespace MnistNet;

/// <summary>A file format for networks. <see cref="NetworkFile"/> picks one by the extension of the path.</summary>
internal interface INetworkFormat
{
    /// <summary>Which format it is.</summary>
    public NetworkFileFormat Format { get; }

    /// <summary>The extension with its dot, in lower case, such as <c>.safetensors</c>.</summary>
    public string Extension { get; }

    /// <summary>Whether a file that begins so may be of this format.</summary>
    /// <param name="start">The first bytes of the file: 16 of them, or all of a shorter file.</param>
    public bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Writes a network.</summary>
    /// <param name="stream">Where to; it need not seek.</param>
    /// <param name="network">The network.</param>
    /// <param name="training">The training it came from, told in the file's metadata; null when that is not
    /// known.</param>
    /// <param name="options">What the caller wants of the file.</param>
    public void Write(Stream stream, Network network, TrainingResult? training, NetworkFileOptions options);

    /// <summary>Reads a network.</summary>
    /// <param name="stream">Where from; it can seek and has a length. Its content is not to be trusted.</param>
    /// <param name="reading">The file's name, what the caller said of it, and the ear for what is found.</param>
    /// <exception cref="DataFormatException">The content is not a network in this format.</exception>
    public Network Read(Stream stream, NetworkReading reading);
}
