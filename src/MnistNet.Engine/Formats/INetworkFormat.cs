namespace MnistNet;

/// <summary>A file format for networks. <see cref="NetworkFile"/> picks one by the extension of the path.</summary>
internal interface INetworkFormat
{
    /// <summary>The extension with its dot, in lower case, such as <c>.safetensors</c>.</summary>
    public string Extension { get; }

    /// <summary>Writes a network.</summary>
    /// <param name="stream">Where to; it need not seek.</param>
    /// <param name="network">The network.</param>
    /// <param name="training">The training it came from, told in the file's metadata; null when that is not known.</param>
    public void Write(Stream stream, Network network, TrainingResult? training);

    /// <summary>Reads a network.</summary>
    /// <param name="stream">Where from; it can seek and has a length. Its content is not to be trusted.</param>
    /// <param name="path">The file's name, for error messages.</param>
    /// <exception cref="DataFormatException">The content is not a network in this format.</exception>
    public Network Read(Stream stream, string path);
}
