using MathNet.Numerics.LinearAlgebra.Double;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Finds the plain network in a graph. It goes from an output back to the input, along the one value of each node that
/// is not constant; then forward, layer by layer. Constant arithmetic before the first layer is folded into W1 and b1.
/// </summary>
internal sealed class OnnxNetworkReader
{
    private const double GreyLevels = 255;

    // Float32 has 24 bits: what differs by less than this is the same number after rounding by some converter.
    private const double Rounding = 1e-6;

    private readonly OnnxModel _model;
    private readonly OnnxGraph _graph;
    private readonly NetworkReading _reading;
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);

    /// <summary>Prepares to read a model.</summary>
    /// <exception cref="DataFormatException">It has no graph, or one that defines a value twice.</exception>
    public OnnxNetworkReader(OnnxModel model, NetworkReading reading)
    {
        _model = model;
        _reading = reading;
        _graph = model.Graph ?? throw reading.Fail("OnnxNoGraph", "it holds no graph. Is it an ONNX file at all?");
        foreach (OnnxTensor tensor in _graph.Initializers)
        {
            if (!_constants.TryAdd(tensor.Name, tensor))
            {
                throw reading.Fail("OnnxInvalid", $"it has the tensor {tensor.Name} twice.");
            }
        }

        foreach (OnnxNode node in _graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                if (!_producers.TryAdd(output, node))
                {
                    throw reading.Fail("OnnxInvalid", $"two of its nodes give {output}.");
                }
            }
        }
    }

    /// <summary>The network.</summary>
    /// <exception cref="DataFormatException">The graph is not a plain network; the message names the node.</exception>
    public Network Read()
    {
        List<OnnxNode> path = FindPath();
        var layers = new List<(Matrix W, Matrix B)>();
        Activation? activation = null;
        var input = new InputScale();
        bool isEnded = false, isActivated = true;
        foreach (OnnxNode node in path)
        {
            if (isEnded && !IsPassing(node))
            {
                throw Unsupported(node, "it stands after the Softmax");
            }

            switch (node.Operator)
            {
                case "Gemm" or "MatMul":
                    if (!isActivated)
                    {
                        throw Unsupported(node,
                            "no activation stands between it and the layer before; two linear layers are one");
                    }

                    layers.Add(node.Operator == "Gemm" ? ReadGemm(node) : ReadMatMul(node));
                    isActivated = false;
                    break;
                case "Add" or "Sub" or "Mul" or "Div" when layers.Count == 0:
                    input.Apply(
                        node,
                        ConstantOf(node),
                        node.Inputs[0].Length > 0 && !_constants.ContainsKey(node.Inputs[0]),
                        Unsupported);
                    break;
                case "Add" when !isActivated:
                    layers[^1] = (layers[^1].W, AddBias(node, layers[^1]));
                    break;
                case "Relu" or "LeakyRelu" or "Tanh" or "Sigmoid" when layers.Count > 0 && !isActivated:
                    Activation found = ActivationOf(node);
                    if (activation is Activation other && other != found)
                    {
                        throw Unsupported(node,
                            $"the layers before apply {other}; all hidden layers must apply the same");
                    }

                    activation = found;
                    isActivated = true;
                    break;
                case "Softmax" or "LogSoftmax" when layers.Count > 0 && !isActivated:
                    isEnded = true;
                    break;
                default:
                    if (!IsPassing(node))
                    {
                        throw Unsupported(node,
                            "a plain network has Gemm or MatMul and Add, an activation, and Softmax");
                    }

                    break;
            }
        }

        if (layers.Count == 0 || isActivated)
        {
            throw _reading.Fail(
                "OnnxNotANetwork",
                layers.Count == 0 ? "its graph has no layer." : "its last layer has an activation where Softmax, or "
                    + "nothing, should be.");
        }

        return Build(layers, input, activation);
    }

    private Network Build(List<(Matrix W, Matrix B)> layers, InputScale input, Activation? activation)
    {
        (Matrix w1, Matrix b1) = input.Fold(layers[0].W, layers[0].B, _reading);
        layers[0] = (w1, b1);
        List<Matrix> parameters = [];
        for (int l = 0; l < layers.Count; l++)
        {
            parameters.Add(layers[l].W.Named($"W{l + 1}"));
            parameters.Add(layers[l].B.Named($"b{l + 1}"));
        }

        if (_model.Metadata.GetValueOrDefault("format") != NetworkMetadata.Format)
        {
            string producer = _model.Producer.Length == 0 ? "an unnamed program" : _model.Producer;
            _reading.Note(
                $"{_reading.Path}: written by {producer}; {layers.Count} layers were found in {_graph.Nodes.Count} "
                + $"nodes.");
        }

        return NetworkMetadata.BuildForeign(parameters, _model.Metadata, _reading, activation);
    }

    /// <summary>The nodes between the input and the probabilities, in this order.</summary>
    private List<OnnxNode> FindPath()
    {
        HashSet<string> inputs =
            [.. _graph.Inputs.Select(input => input.Name).Where(name => !_constants.ContainsKey(name))];
        if (inputs.Count != 1)
        {
            throw _reading.Fail(
                "OnnxNotANetwork", $"its graph has {inputs.Count} inputs; a plain network has one, the pixels.");
        }

        DataFormatException? fault = null;
        var paths = new List<List<OnnxNode>>();
        foreach (OnnxValue output in _graph.Outputs)
        {
            try
            {
                // A label beside the probabilities ends in an ArgMax; the probabilities' path is the one that is
                // wanted.
                List<OnnxNode> path = Trace(output.Name, inputs.Single());
                if (!path.Exists(node => node.Operator is "ArgMax" or "ArrayFeatureExtractor"))
                {
                    paths.Add(path);
                }
            }
            catch (DataFormatException exception)
            {
                fault ??= exception;
            }
        }

        return paths.Count switch
        {
            1 => paths[0],
            0 => throw fault ?? _reading.Fail("OnnxNotANetwork", "none of its outputs are probabilities."),
            _ => throw _reading.Fail(
                "OnnxNotANetwork",
                $"it has {paths.Count} outputs that a network computes: "
                    + $"{string.Join(", ", _graph.Outputs.Select(output => output.Name))}; "
                    + "a plain network has one."),
        };
    }

    private List<OnnxNode> Trace(string value, string input)
    {
        var path = new List<OnnxNode>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (value != input)
        {
            if (!seen.Add(value))
            {
                throw _reading.Fail("OnnxInvalid", $"its nodes form a circle through {value}.");
            }

            if (!_producers.TryGetValue(value, out OnnxNode? node))
            {
                throw _reading.Fail("OnnxInvalid", $"no node gives {value}, and it is not an input.");
            }

            string[] changing = [.. node.Inputs.Where(name => name.Length > 0 && Constant(name) is null)];
            if (changing.Length != 1 || (node.Domain.Length > 0 && node.Domain is not ("ai.onnx" or "ai.onnx.ml")))
            {
                throw Unsupported(node, changing.Length == 1
                    ? $"it is of the operators {node.Domain}"
                    : $"it takes {changing.Length} values that depend on the pixels, where a plain network has one");
            }

            path.Add(node);
            value = changing[0];
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// The constant of a name: stored, given by a node, or made of another one by a node that only turns it.
    /// </summary>
    private OnnxTensor? Constant(string name, int depth = 0)
    {
        if (_constants.TryGetValue(name, out OnnxTensor? known))
        {
            return known;
        }

        if (depth > 8 || !_producers.TryGetValue(name, out OnnxNode? node))
        {
            return null;
        }

        OnnxTensor? made = node.Operator switch
        {
            "Constant" => node.Attributes.GetValueOrDefault("value")?.Tensor
                ?? (node.Attributes.GetValueOrDefault("value_float") is OnnxAttribute number
                    ? new OnnxTensor(name, OnnxType.Float, [], [number.Float])
                    : null),
            "Identity" or "Cast" when node.Inputs.Count == 1 => Constant(node.Inputs[0], depth + 1),
            "Transpose" when node.Inputs.Count == 1
                && Constant(node.Inputs[0], depth + 1) is { Shape.Length: 2 } matrix =>
                Transpose(matrix),
            _ => null,
        };
        if (made is not null)
        {
            _constants[name] = made;
        }

        return made;
    }

    private static OnnxTensor Transpose(OnnxTensor matrix)
    {
        int rows = matrix.Shape[0], columns = matrix.Shape[1];
        var values = new double[matrix.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = matrix.Values[(i % rows * columns) + (i / rows)];
        }

        return matrix with { Shape = [columns, rows], Values = values };
    }

    private (Matrix W, Matrix B) ReadGemm(OnnxNode node)
    {
        double alpha = Number(node, "alpha", 1), beta = Number(node, "beta", 1);
        bool isTransposed = node.Attributes.GetValueOrDefault("transB")?.Integer is not (null or 0);
        if (node.Attributes.GetValueOrDefault("transA")?.Integer is not (null or 0)
            || Constant(node.Inputs[0]) is not null)
        {
            throw Unsupported(node, "its pixels or units are the second or a transposed factor");
        }

        OnnxTensor weights = MatrixOf(node, node.Inputs.ElementAtOrDefault(1));
        (int outputs, int inputs) = isTransposed
            ? (weights.Shape[0], weights.Shape[1]) : (weights.Shape[1], weights.Shape[0]);
        Matrix w = Make(outputs, inputs, (o, i) =>
            alpha * (isTransposed ? weights.Values[(o * inputs) + i] : weights.Values[(i * outputs) + o]));
        Matrix b = node.Inputs.ElementAtOrDefault(2) is string { Length: > 0 } bias
            ? Column(node, bias, outputs, beta)
            : Make(outputs, 1, (_, _) => 0);
        return (w, b);
    }

    private (Matrix W, Matrix B) ReadMatMul(OnnxNode node)
    {
        if (node.Inputs.Count != 2 || Constant(node.Inputs[0]) is not null)
        {
            throw Unsupported(node, "its pixels or units are the second factor");
        }

        OnnxTensor weights = MatrixOf(node, node.Inputs[1]);
        int inputs = weights.Shape[0], outputs = weights.Shape[1];
        return (Make(outputs, inputs, (o, i) => weights.Values[(i * outputs) + o]), Make(outputs, 1, (_, _) => 0));
    }

    private Matrix AddBias(OnnxNode node, (Matrix W, Matrix B) layer)
    {
        string name = node.Inputs.First(input => Constant(input) is not null);
        Matrix bias = Column(node, name, layer.W.RowCount, 1);
        return layer.B + bias;
    }

    private OnnxTensor MatrixOf(OnnxNode node, string? name) =>
        name is not null && Constant(name) is { Shape: [> 0, > 0] } matrix
            ? matrix
            : throw Unsupported(node, "its weights are not a stored matrix");

    private Matrix Column(OnnxNode node, string name, int length, double factor)
    {
        OnnxTensor bias = Constant(name) ?? throw Unsupported(node, "its bias is not stored");
        return bias.Values.Length == length || bias.Values.Length == 1
            ? Make(length, 1, (row, _) => factor * bias.Values[bias.Values.Length == 1 ? 0 : row])
            : throw Unsupported(node, $"its bias is {bias.ShapeText}, and the layer has {length} units");
    }

    private Activation ActivationOf(OnnxNode node)
    {
        if (node.Operator == "LeakyRelu" && Math.Abs(Number(node, "alpha", 0.01) - Matrix.Leak) > Rounding)
        {
            throw Unsupported(node,
                Invariant($"its slope is {Number(node, "alpha", 0.01):G3}; only {Matrix.Leak} is computed here"));
        }

        return Enum.GetValues<Activation>()
            .First(activation => OnnxNetworkFormat.OperatorOf(activation) == node.Operator);
    }

    private OnnxTensor ConstantOf(OnnxNode node) =>
        node.Inputs.Select(name => Constant(name)).OfType<OnnxTensor>().FirstOrDefault()
            ?? throw Unsupported(node, "it has no stored operand");

    /// <summary>Whether a node gives on what it takes, in another shape or type at most.</summary>
    private static bool IsPassing(OnnxNode node) =>
        node.Operator is "Identity" or "Cast" or "Flatten" or "Reshape" or "Squeeze" or "Unsqueeze" or "Dropout"
            or "ZipMap";

    private static double Number(OnnxNode node, string name, double usual) =>
        node.Attributes.GetValueOrDefault(name)?.Float ?? usual;

    private static Matrix Make(int rows, int columns, Func<int, int, double> at) =>
        new(DenseMatrix.Create(rows, columns, at));

    private DataFormatException Unsupported(OnnxNode node, string why) =>
        _reading.Fail("OnnxUnsupported", $"its {node} is not part of a plain network that can be read: {why}.");

    /// <summary>
    /// What the graph does to the pixels before the first layer: x ↦ (x·factor) + shift, a number each or one for all.
    /// </summary>
    private sealed class InputScale
    {
        private double[] _factor = [1], _shift = [0];
        private bool _isScaled;

        /// <summary>
        /// Whether the first thing done to the pixels is to divide them by 255, which grey levels need.
        /// </summary>
        private bool _dividesByGreys;

        public void Apply(
            OnnxNode node, OnnxTensor constant, bool isLeft, Func<OnnxNode, string, Exception> unsupported)
        {
            double[] c = constant.Values;
            if (c.Length == 0 || (_factor.Length > 1 && c.Length > 1 && c.Length != _factor.Length))
            {
                throw unsupported(node, $"its operand is {constant.ShapeText}");
            }

            double first = c[0];
            _dividesByGreys |= !_isScaled && c.Length == 1 && ((node.Operator == "Div" && isLeft && first == GreyLevels)
                || (node.Operator == "Mul" && Math.Abs((first * GreyLevels) - 1) < Rounding));
            _isScaled = true;
            int length = Math.Max(_factor.Length, c.Length);
            double[] factor = new double[length], shift = new double[length];
            for (int i = 0; i < length; i++)
            {
                double f = _factor[_factor.Length == 1 ? 0 : i], s = _shift[_shift.Length == 1 ? 0 : i];
                double operand = c[c.Length == 1 ? 0 : i];
                (factor[i], shift[i]) = (node.Operator, isLeft) switch
                {
                    ("Add", _) => (f, s + operand),
                    ("Sub", true) => (f, s - operand),
                    ("Sub", false) => (-f, operand - s),
                    ("Mul", _) => (f * operand, s * operand),
                    ("Div", true) => (f / operand, s / operand),
                    _ => throw unsupported(node, "it divides by the pixels"),
                };
            }

            (_factor, _shift) = (factor, shift);
        }

        /// <summary>
        /// W and b that take X of the formulas, 0 to 1, for those that take what this arithmetic gives.
        /// </summary>
        public (Matrix W, Matrix B) Fold(Matrix w, Matrix b, NetworkReading reading)
        {
            bool takesGreys =
                reading.Options.PixelRange is PixelRange range ? range == PixelRange.Grey : _dividesByGreys;

            // X of the formulas is a grey level divided by 255: of such a division nothing is left to do.
            double[] factor = takesGreys
                ? [.. _factor.Select(f => Math.Abs((f * GreyLevels) - 1) < Rounding ? 1 : f * GreyLevels)]
                : _factor;
            if (factor.All(f => f == 1) && _shift.All(s => s == 0))
            {
                return (w, b);
            }

            if (factor.Length > 1 && factor.Length != w.ColumnCount)
            {
                throw reading.Fail(
                    "OnnxUnsupported",
                    $"it scales {factor.Length} values, and its first layer takes {w.ColumnCount}.");
            }

            Matrix folded = Make(w.RowCount, w.ColumnCount, (r, c) => w[r, c] * factor[factor.Length == 1 ? 0 : c]);
            Matrix shifted = Make(b.RowCount, 1, (r, _) => b[r, 0] + Enumerable.Range(0, w.ColumnCount)
                .Sum(c => w[r, c] * _shift[_shift.Length == 1 ? 0 : c]));
            reading.Note(
                $"{reading.Path}: what it does to the pixels before its first layer was folded into W1 and b1.");
            return (folded, shifted);
        }
    }
}
