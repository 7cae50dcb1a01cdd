namespace MnistNet;

/// <summary>
/// Networks as safetensors files: tensors W1, b1, W2, b2 … row after row, everything else in the metadata.
/// Numbers are F32 when float32 holds all of them exactly, as after training, and F64 otherwise: a round trip never
/// rounds.
/// </summary>
internal sealed class SafetensorsNetworkFormat : INetworkFormat
{
    /// <inheritdoc/>
    public NetworkFileFormat Format => NetworkFileFormat.Safetensors;

    /// <inheritdoc/>
    public string Extension => ".safetensors";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) =>
        start.Length > sizeof(ulong) && start[sizeof(ulong)] == (byte)'{';

    /// <inheritdoc/>
    public void Write(Stream stream, Network network, TrainingResult? training, NetworkFileOptions options)
    {
        TensorType type = network.HoldsFloat32 ? TensorType.F32 : TensorType.F64;
        Safetensors.Write(
            stream,
            [.. network.Parameters.Select(matrix => Tensor.Of(matrix, type))],
            NetworkMetadata.Describe(network, training));
    }

    /// <inheritdoc/>
    public Network Read(Stream stream, NetworkReading reading)
    {
        string path = reading.Path;
        SafetensorsContent content = Safetensors.Read(stream, path);
        bool isOurs = content.Metadata.GetValueOrDefault("format") == NetworkMetadata.Format;
        if (!isOurs && !content.Tensors.ContainsKey("W1"))
        {
            return ReadForeign(content, reading);
        }

        int depth = content.Tensors.Count / 2;
        var parameters = new List<Matrix>();
        for (int l = 1; l <= Math.Max(depth, 1); l++)
        {
            Tensor w = Take($"W{l}"), b = Take($"b{l}");
            if (b.Shape[0] != w.Shape[0] || b.Shape[1] != 1)
            {
                throw Fail("SafetensorsShapeInvalid",
                    $"W{l} is {w.ShapeText}, so b{l} must be {w.Shape[0]}×1; found {b.ShapeText}.");
            }

            parameters.Add(w.ToMatrix());
            parameters.Add(b.ToMatrix());
        }

        return content.Tensors.Count == parameters.Count
            ? NetworkMetadata.Build(parameters, content.Metadata, Fail)
            : throw Fail("SafetensorsTensorsUnexpected",
                $"found the tensors {string.Join(", ", content.Tensors.Keys.Take(12))}; expected W1, b1, W2, b2 … and "
                + $"no others.");

        Tensor Take(string name)
        {
            if (!content.Tensors.TryGetValue(name, out Tensor? tensor))
            {
                string found = content.Tensors.Count == 0 ? "no tensors" : string.Join(
                    ", ", content.Tensors.Keys.Take(12));
                throw Fail("SafetensorsTensorMissing",
                    $"tensor {name} is missing; found {found}. Expected W1, b1, W2, b2 … and no others.");
            }

            if (tensor.Type is not (TensorType.F32 or TensorType.F64))
            {
                throw Fail("SafetensorsTypeUnsupported",
                    $"tensor {name} has the type {tensor.Type}; expected F32 or F64.");
            }

            if (tensor.Shape.Length != 2 || tensor.Shape.Contains(0))
            {
                throw Fail("SafetensorsShapeInvalid",
                    $"tensor {name} is {tensor.ShapeText}; expected two dimensions of at least 1, outputs × inputs.");
            }

            int count = tensor.Shape[0] * tensor.Shape[1];
            for (int i = 0; i < count; i++)
            {
                if (!double.IsFinite(tensor[i]))
                {
                    throw Fail("SafetensorsNumberNotFinite",
                        $"{name}[{i / tensor.Shape[1]}, {i % tensor.Shape[1]}] is "
                        + $"{(double.IsNaN(tensor[i]) ? "not a number (NaN)" : "infinite")}; a network's parameters "
                        + $"must all be finite.");
                }
            }

            return tensor;
        }

        DataFormatException Fail(string errorId, string message) => new(errorId, path, message);
    }

    /// <summary>A network of another program, such as PyTorch's <c>fc1.weight</c>, <c>fc1.bias</c> ….</summary>
    private static Network ReadForeign(SafetensorsContent content, NetworkReading reading)
    {
        if (content.Tensors.Values.FirstOrDefault(tensor => tensor.Type == TensorType.U8) is Tensor bytes)
        {
            throw reading.Fail(
                "SafetensorsTypeUnsupported",
                    $"tensor {bytes.Name} has the type U8; weights are F16, BF16, F32 or F64.");
        }

        IReadOnlyList<Matrix> parameters = ForeignParameters.Order(
            [.. content.Tensors.Values.Select(tensor => new ForeignArray(tensor.Name, tensor.Shape, at => tensor[at]))],
            reading);
        return NetworkMetadata.BuildForeign(parameters, null, reading);
    }
}
