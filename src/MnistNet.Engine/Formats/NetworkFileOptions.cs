namespace MnistNet;

/// <summary>
/// How a network is written to a file or read from one, where the file's extension does not settle it.
/// </summary>
public sealed record NetworkFileOptions
{
    /// <summary>The format; null to go by the extension.</summary>
    public NetworkFileFormat? Format { get; init; }

    /// <summary>What the hidden layers apply, for a file that does not tell; null to take ReLU and say so.</summary>
    public Activation? Activation { get; init; }

    /// <summary>
    /// What the input of an ONNX graph takes as a pixel; null writes <see cref="PixelRange.Grey"/>, and reads grey
    /// levels where the graph begins by dividing them by 255.
    /// </summary>
    public PixelRange? PixelRange { get; init; }

    /// <summary>The shape of the input of an ONNX graph.</summary>
    public InputShape InputShape { get; init; } = InputShape.Flat;
}
