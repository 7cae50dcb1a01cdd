namespace MnistNet;

/// <summary>The formats of network files.</summary>
public enum NetworkFileFormat
{
    /// <summary>Tensors with a JSON header: <c>.safetensors</c>. Comes back to the bit.</summary>
    Safetensors,

    /// <summary>A graph that any ONNX runtime computes: <c>.onnx</c>.</summary>
    Onnx,

    /// <summary>Arrays for numpy.load: <c>.npz</c>. Comes back to the bit.</summary>
    Npz,

    /// <summary>Text that a person can read: <c>.json</c>. Comes back to the bit.</summary>
    Json,
}
