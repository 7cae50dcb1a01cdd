using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MnistNet.Tests;

public class OnnxNetworkTests
{
    private static readonly OnnxNetworkFormat s_format = new();

    public static TheoryData<Activation, PixelRange, InputShape> Forms
    {
        get
        {
            var forms = new TheoryData<Activation, PixelRange, InputShape>();
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                foreach (PixelRange range in Enum.GetValues<PixelRange>())
                {
                    forms.Add(activation, range, InputShape.Flat);
                    forms.Add(activation, range, InputShape.Image);
                }
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_exported_network_gives_the_same_probabilities_in_onnxruntime(
        Activation activation, PixelRange range, InputShape shape)
    {
        DigitSet digits = ManyDigits.Test;
        Network network = ManyDigits.Train(activation);
        byte[] model = FormatNetworks.Write(
            s_format, network, new NetworkFileOptions { PixelRange = range, InputShape = shape });

        float[] expected = Predictor.GetProbabilities(network, digits);
        float[] actual = RunOnnx(model, digits, range, shape);

        double largest = expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{digits}, {network}, {range}, {shape}: the largest difference is {largest:G3}");
        Assert.True(largest < 1e-5, $"the largest difference is {largest:G3}");
        Assert.Equal(Winners(expected), Winners(actual));
    }

    [Fact]
    public void The_checker_of_ONNX_accepts_an_exported_network()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            NetworkFile.Save(
                Network.Create([6], Activation.LeakyReLU), path, options: new NetworkFileOptions
                {
                    InputShape = InputShape.Image,
                });
            string printed = Oracles.RunPython(
                "onnx",
                """
                import sys, onnx
                model = onnx.load(sys.argv[1])
                onnx.checker.check_model(model, full_check=True)
                print(model.ir_version, model.opset_import[0].version, *[node.op_type for node in model.graph.node])
                """,
                path);

            Assert.Equal("8 13 Flatten Div Gemm LeakyRelu Gemm Softmax", printed.Trim());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("plain", Activation.ReLU)]
    [InlineData("normalized", Activation.Tanh)]
    [InlineData("greys", Activation.LeakyReLU)]
    public void A_network_that_PyTorch_exported_gives_what_PyTorch_computes(string name, Activation activation)
    {
        // tests/oracles/torch_onnx.py made the files.
        Network network = NetworkFile.Load(Oracles.PathOf($"torch_{name}.onnx"));
        using JsonDocument outputs = JsonDocument.Parse(File.ReadAllBytes(Oracles.PathOf("torch_onnx.json")));
        double[][] expected = outputs.RootElement.GetProperty(name).Deserialize<double[][]>()!;
        byte[] pixels = [.. Enumerable.Range(0, 3 * 784).Select(i => (byte)(i * 37 % 256))];
        DigitSet digits = new("greys", pixels, null, 28, 28);

        Assert.Equal(activation, network.Activation);
        Matrix probabilities = ForwardPropagation.Run(network, digits).A[^1];
        for (int image = 0; image < 3; image++)
        {
            for (int label = 0; label < 10; label++)
            {
                Assert.Equal(expected[image][label], probabilities[label, image], 1e-5);
            }
        }
    }

    [Fact]
    public void A_network_comes_back_from_each_form_of_input()
    {
        Prop.ForAll(FormatNetworks.Any(), network =>
        {
            foreach (PixelRange range in Enum.GetValues<PixelRange>())
            {
                foreach (InputShape shape in Enum.GetValues<InputShape>())
                {
                    var options = new NetworkFileOptions { PixelRange = range, InputShape = shape };
                    FormatNetworks.AssertSame(
                        network, FormatNetworks.Read(s_format, FormatNetworks.Write(s_format, network, options)));
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_probabilities_of_a_converted_classifier_are_followed_past_its_label()
    {
        // As scikit-learn's converter shapes an MLPClassifier.
        OnnxModel model = Model(
            [
                Node("Cast", ["X"], "cast_input", ("to", 1)), Node("MatMul", ["cast_input", "coefficient"], "mul"),
                Node("Add", ["mul", "intercepts"], "add"), Node("Relu", ["add"], "next"),
                Node("MatMul", ["next", "coefficient1"], "mul1"), Node("Add", ["mul1", "intercepts1"], "add1"),
                Node("Softmax", ["add1"], "out", ("axis", 1)), Node("ArgMax", ["out"], "index", ("axis", 1)),
                Node("ArrayFeatureExtractor", ["classes", "index"], "label_values"),
                Node("Cast", ["label_values"], "label", ("to", 7)), Node("ZipMap", ["out"], "probabilities"),
            ],
            ["X"],
            ["label", "probabilities"],
            [
                Weights("coefficient", 4, 3), Weights("intercepts", 1, 3), Weights("coefficient1", 3, 10),
                Weights("intercepts1", 1, 10), Weights("classes", 10),
            ]);

        Network network = Read(model);

        Assert.Equal("4-3-10 ReLU", network.ToString());
        Assert.Equal(Value("coefficient", 1, 2, 3), network["W1"]![2, 1], 1e-6);
        Assert.Equal(Value("intercepts1", 0, 9, 10), network["b2"]![9, 0], 1e-6);
    }

    [Fact]
    public void A_converted_Keras_network_is_read_with_its_rescaling()
    {
        // As tf2onnx shapes Rescaling, Flatten, Dense, Dense.
        OnnxModel model = Model(
            [
                Node("Cast", ["input_1"], "casted", ("to", 1)), Node("Mul", ["casted", "scale"], "rescaled"),
                Node("Reshape", ["rescaled", "shape"], "flat"), Node("MatMul", ["flat", "kernel:0"], "dense"),
                Node("Add", ["dense", "bias:0"], "biased"), Node("Tanh", ["biased"], "tanh"),
                Node("MatMul", ["tanh", "kernel1:0"], "dense1"), Node("Add", ["bias1:0", "dense1"], "biased1"),
                Node("Softmax", ["biased1"], "output"),
            ],
            ["input_1"],
            ["output"],
            [
                new OnnxTensor(
                    "scale",
                    OnnxType.Float,
                    [],
                    [(float)(1 / 255.0)]), new OnnxTensor("shape", OnnxType.Int64, [2], [-1, 4]),
                Weights("kernel:0", 4, 3), Weights("bias:0", 3), Weights("kernel1:0", 3, 10), Weights("bias1:0", 10),
            ]);

        Network network = Read(model);

        Assert.Equal("4-3-10 Tanh", network.ToString());
        Assert.Equal(Value("kernel:0", 3, 1, 3), network["W1"]![1, 3], 1e-6);
    }

    [Theory]
    [InlineData("Conv")]
    [InlineData("Loop")]
    [InlineData("Transpose")]
    public void Another_operator_is_refused_by_its_name_and_node(string name)
    {
        OnnxModel model = Model(
            [
                Node(name, ["X"], "y"), Node("Gemm", ["y", "w", "b"], "z"),
            ], ["X"], ["z"], [Weights("w", 4, 10), Weights("b", 10)]);

        var fault = Assert.Throws<DataFormatException>(() => Read(model));

        Assert.Equal("OnnxUnsupported", fault.ErrorId);
        Assert.Contains($"{name} (node n_{name}_y)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_of_nodes_is_refused()
    {
        OnnxModel model = Model([Node("Relu", ["b"], "a"), Node("Relu", ["a"], "b")], ["X"], ["b"], []);
        Assert.Contains(
            "circle", Assert.Throws<DataFormatException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_networks_in_one_graph_are_refused()
    {
        OnnxModel model = Model(
            [
                Node("Gemm", ["X", "w"], "one"), Node("Gemm", ["X", "w"], "two"),
            ], ["X"], ["one", "two"], [Weights("w", 4, 10)]);
        Assert.Contains(
            "2 outputs", Assert.Throws<DataFormatException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        OnnxTensor weights = Weights("w", 4, 10);
        weights.Values[7] = double.NaN;
        OnnxModel model = Model([Node("Gemm", ["X", "w"], "z")], ["X"], ["z"], [weights]);
        Assert.Equal("ParameterNotFinite", Assert.Throws<DataFormatException>(() => Read(model)).ErrorId);
    }

    [Fact]
    public void A_tensor_that_disagrees_with_its_dims_is_refused()
    {
        OnnxTensor weights = Weights("w", 4, 10) with { Shape = [4, 11] };
        OnnxModel model = Model([Node("Gemm", ["X", "w"], "z")], ["X"], ["z"], [weights]);
        Assert.Equal("OnnxTensorShape", Assert.Throws<DataFormatException>(() => Read(model)).ErrorId);
    }

    private static Network Read(OnnxModel model)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(stream, model);
        return FormatNetworks.Read(s_format, stream.ToArray());
    }

    private static OnnxModel Model(OnnxNode[] nodes, string[] inputs, string[] outputs, OnnxTensor[] tensors)
    {
        var graph = new OnnxGraph { Name = "test" };
        graph.Nodes.AddRange(nodes);
        graph.Inputs.AddRange(inputs.Select(name => new OnnxValue(name, OnnxType.Float, ["N"], "")));
        graph.Outputs.AddRange(outputs.Select(name => new OnnxValue(name, OnnxType.Float, ["N"], "")));
        graph.Initializers.AddRange(tensors);
        var model = new OnnxModel { IrVersion = 8, Graph = graph };
        model.Operators[""] = 13;
        return model;
    }

    private static OnnxNode Node(
        string name, string[] inputs, string output, (string Name, long Value)? attribute = null)
    {
        var node = new OnnxNode { Name = $"n_{name}_{output}", Operator = name };
        node.Inputs.AddRange(inputs);
        node.Outputs.Add(output);
        if (attribute is (string key, long value))
        {
            node.Attributes[key] = new OnnxAttribute { Name = key, Kind = OnnxAttributeKind.Integer, Integer = value };
        }

        return node;
    }

    private static OnnxTensor Weights(string name, params int[] shape)
    {
        int columns = shape[^1], count = shape.Aggregate(1, (product, size) => product * size);
        return new OnnxTensor(
            name, OnnxType.Float, shape, [
                .. Enumerable.Range(0, count).Select(i => Value(name, i / columns, i % columns, columns)),
            ]);
    }

    private static double Value(string name, int row, int column, int columns) =>
        (float)(0.01 * name.Length * ((row * columns) + column + 1));

    private static float[] RunOnnx(byte[] model, DigitSet digits, PixelRange range, InputShape shape)
    {
        using var session = new InferenceSession(model);
        float[] pixels = Array.ConvertAll(
            digits.Pixels.ToArray(), grey => range == PixelRange.Grey ? grey : grey / 255f);
        int[] dimensions = shape == InputShape.Flat ? [digits.Count, 784] : [digits.Count, 1, 28, 28];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(
            [NamedOnnxValue.CreateFromTensor("pixels", new DenseTensor<float>(pixels, dimensions))]);
        return [.. outputs.Single(output => output.Name == "probabilities").AsEnumerable<float>()];
    }

    private static int[] Winners(float[] probabilities) =>
        [.. probabilities.Chunk(10).Select(image => Array.IndexOf(image, image.Max()))];
}
