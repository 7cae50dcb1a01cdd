using System.Globalization;

namespace MnistNet;

/// <summary>
/// Networks as ONNX graphs. Written are Gemm, the activation and Softmax under the symbols of the formulas; the free
/// dimension is N. Read are plain networks of these and of what the usual converters put around them.
/// Source: the ONNX specification, IR version 8, operators of version 13.
/// </summary>
internal sealed class OnnxNetworkFormat : INetworkFormat
{
    private const int IrVersion = 8, OperatorVersion = 13;

    /// <inheritdoc/>
    public NetworkFileFormat Format => NetworkFileFormat.Onnx;

    /// <inheritdoc/>
    public string Extension => ".onnx";

    /// <summary>A model begins with the field of its IR version.</summary>
    public bool Recognizes(ReadOnlySpan<byte> start) => start is [0x08, < 0x20, ..];

    /// <inheritdoc/>
    public void Write(Stream stream, Network network, TrainingResult? training, NetworkFileOptions options)
    {
        var graph = new OnnxGraph
        {
            Name = "MnistNet",
            Description = $"The network {network.Shape} {network.Activation} for images of handwritten digits.",
        };
        int side = (int)Math.Sqrt(network.Inputs);
        bool isImage = options.InputShape == InputShape.Image;
        if (isImage && side * side != network.Inputs)
        {
            throw new SettingException(
                "InputShape",
                    $"The network takes {network.Inputs} pixels, which are not a square image. Take the flat shape.");
        }

        bool isGrey = options.PixelRange is null or PixelRange.Grey;
        string range = isGrey ? "grey levels from 0, the background, to 255" : "numbers from 0, the background, to 1";
        graph.Inputs.Add(new OnnxValue(
            "pixels",
            OnnxType.Float,
            isImage ? ["N", 1, side, side] : ["N", network.Inputs],
            $"N images of {network.Inputs} pixels, row after row: {range}."));
        string x = "pixels";
        if (isImage)
        {
            x = Add(graph, "Flatten", "flat", "Each image as one row.", [x], ("axis", 1));
        }

        if (isGrey)
        {
            graph.Initializers.Add(new OnnxTensor("greys", OnnxType.Float, [], [255]));
            x = Add(graph, "Div", "X", "X: the pixels divided by 255.", [x, "greys"]);
        }

        for (int l = 1; l <= network.Layers.Count; l++)
        {
            Layer layer = network.Layers[l - 1];
            graph.Initializers.Add(Tensor(layer.Weights, [layer.Outputs, layer.Inputs]));
            graph.Initializers.Add(Tensor(layer.Biases, [layer.Outputs]));
            string z = Add(
                graph, "Gemm", $"Z{l}", $"Z{l} = W{l}·A{l - 1} + b{l}, one image a row.".Replace("A0", "X"),
                [x, $"W{l}", $"b{l}"], ("transB", 1));
            x = l == network.Layers.Count
                ? Add(graph, "Softmax", "probabilities",
                    $"A{l} = softmax(Z{l}): a probability for each class.", [z], ("axis", 1))
                : Add(graph, OperatorOf(network.Activation), $"A{l}", $"A{l} = {network.Activation}(Z{l})", [z]);
            if (l < network.Layers.Count && network.Activation == Activation.LeakyReLU)
            {
                graph.Nodes[^1].Attributes["alpha"] = new OnnxAttribute
                {
                    Name = "alpha",
                    Kind = OnnxAttributeKind.Float,
                    Float = (float)Matrix.Leak,
                };
            }
        }

        graph.Outputs.Add(new OnnxValue(
            x, OnnxType.Float, ["N", network.Outputs], "A probability for each of the classes, one row an image."));
        var model = new OnnxModel
        {
            IrVersion = IrVersion,
            Producer = $"MnistNet {EngineVersion.Text}",
            Description = Describe(network, training, range),
            Graph = graph,
        };
        model.Operators[""] = OperatorVersion;
        foreach ((string key, string value) in NetworkMetadata.Describe(network, training))
        {
            model.Metadata[key] = value;
        }

        model.Metadata["input"] = isGrey ? "grey levels 0 to 255" : "numbers 0 to 1";
        OnnxWriter.Write(stream, model);
    }

    /// <inheritdoc/>
    public Network Read(Stream stream, NetworkReading reading)
    {
        OnnxModel model = new OnnxReader(reading).Read(stream);
        return new OnnxNetworkReader(model, reading).Read();
    }

    private static string Describe(Network network, TrainingResult? training, string range)
    {
        string accuracy = training?.TestAccuracy is double test
            ? string.Create(CultureInfo.InvariantCulture, $" It recognised {test:P2} of its test set.")
            : "";
        return $"{network} on {network.Inputs} pixels, as {range}.{accuracy}";
    }

    private static OnnxTensor Tensor(Matrix matrix, int[] shape) =>
        new(matrix.Name, OnnxType.Float, shape, NetworkNumbers.RowMajor(matrix));

    private static string Add(
        OnnxGraph graph,
        string name,
        string output,
        string description,
        string[] inputs,
        (string Name, long Value)? attribute = null)
    {
        var node = new OnnxNode { Name = $"{name}_{output}", Operator = name, Description = description };
        node.Inputs.AddRange(inputs);
        node.Outputs.Add(output);
        if (attribute is (string attributeName, long value))
        {
            node.Attributes[attributeName] = new OnnxAttribute
            {
                Name = attributeName,
                Kind = OnnxAttributeKind.Integer,
                Integer = value,
            };
        }

        graph.Nodes.Add(node);
        return output;
    }

    /// <summary>The operator of an activation.</summary>
    internal static string OperatorOf(Activation activation) => activation switch
    {
        Activation.ReLU => "Relu",
        Activation.LeakyReLU => "LeakyRelu",
        Activation.Tanh => "Tanh",
        Activation.Sigmoid => "Sigmoid",
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No ONNX operator is known for it."),
    };
}
