namespace MnistNet;

/// <summary>
/// Networks as safetensors files: tensors W1, b1, W2, b2 … row after row, everything else in the metadata.
/// Numbers are F32 when float32 holds all of them exactly, as after training, and F64 otherwise: a round trip never rounds.
/// </summary>
internal sealed class SafetensorsNetworkFormat : INetworkFormat
{
    /// <inheritdoc/>
    public string Extension => ".safetensors";

    /// <inheritdoc/>
    public void Write(Stream stream, Network network, TrainingResult? training)
    {
        TensorType type = network.Parameters.All(matrix => matrix.Values.Enumerate().All(Tensor.IsSingle)) ? TensorType.F32 : TensorType.F64;
        Safetensors.Write(stream, [.. network.Parameters.Select(matrix => Tensor.Of(matrix, type))], NetworkMetadata.Describe(network, training));
    }

    /// <inheritdoc/>
    public Network Read(Stream stream, string path)
    {
        SafetensorsContent content = Safetensors.Read(stream, path);
        int depth = content.Tensors.Count / 2;
        var parameters = new List<Matrix>();
        for (int l = 1; l <= Math.Max(depth, 1); l++)
        {
            Tensor w = Take($"W{l}"), b = Take($"b{l}");
            if (b.Shape[0] != w.Shape[0] || b.Shape[1] != 1)
            {
                throw Fail("SafetensorsShapeInvalid", $"W{l} is {w.ShapeText}, so b{l} must be {w.Shape[0]}×1; found {b.ShapeText}.");
            }

            parameters.Add(w.ToMatrix());
            parameters.Add(b.ToMatrix());
        }

        return content.Tensors.Count == parameters.Count
            ? NetworkMetadata.Build(parameters, content.Metadata, Fail)
            : throw Fail("SafetensorsTensorsUnexpected", $"found the tensors {string.Join(", ", content.Tensors.Keys.Take(12))}; expected W1, b1, W2, b2 … and no others.");

        Tensor Take(string name)
        {
            if (!content.Tensors.TryGetValue(name, out Tensor? tensor))
            {
                string found = content.Tensors.Count == 0 ? "no tensors" : string.Join(", ", content.Tensors.Keys.Take(12));
                throw Fail("SafetensorsTensorMissing", $"tensor {name} is missing; found {found}. Expected W1, b1, W2, b2 … and no others.");
            }

            if (tensor.Type is not (TensorType.F32 or TensorType.F64))
            {
                throw Fail("SafetensorsTypeUnsupported", $"tensor {name} has the type {tensor.Type}; expected F32 or F64.");
            }

            if (tensor.Shape.Length != 2 || tensor.Shape.Contains(0))
            {
                throw Fail("SafetensorsShapeInvalid", $"tensor {name} is {tensor.ShapeText}; expected two dimensions of at least 1, outputs × inputs.");
            }

            int count = tensor.Shape[0] * tensor.Shape[1];
            for (int i = 0; i < count; i++)
            {
                if (!double.IsFinite(tensor[i]))
                {
                    throw Fail("SafetensorsNumberNotFinite", $"{name}[{i / tensor.Shape[1]}, {i % tensor.Shape[1]}] is {(double.IsNaN(tensor[i]) ? "not a number (NaN)" : "infinite")}; a network's parameters must all be finite.");
                }
            }

            return tensor;
        }

        DataFormatException Fail(string errorId, string message) => new(errorId, path, message);
    }
}
