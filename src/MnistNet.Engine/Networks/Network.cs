using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <summary>
/// A fully connected network: 784 pixels, any number of hidden layers with one activation, softmax over 10 classes.
/// Immutable: training and updating return another network.
/// </summary>
public sealed class Network : ISymbolTable, IEquatable<Network>
{
    private readonly Lazy<string> _fingerprint;

    /// <summary>Builds a network from its weights and biases, which must fit each other.</summary>
    /// <param name="parameters">W1, b1, W2, b2 …: W of layer l is outputs × inputs, b is outputs × 1.</param>
    /// <param name="activation">What the hidden layers apply.</param>
    /// <param name="initializer">How the first weights were drawn; null when that is not known.</param>
    /// <param name="seed">The seed they were drawn from; null when that is not known.</param>
    /// <param name="preprocessing">What is done to an image before the network sees it.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a number is not finite.</exception>
    public Network(
        IReadOnlyList<Matrix> parameters,
        Activation activation,
        Initializer? initializer = null,
        int? seed = null,
        Preprocessing preprocessing = Preprocessing.None)
        : this(parameters, activation, initializer, seed, preprocessing, isKnownFinite: false)
    {
    }

    private Network(
        IReadOnlyList<Matrix> parameters,
        Activation activation,
        Initializer? initializer,
        int? seed,
        Preprocessing preprocessing,
        bool isKnownFinite)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count < 2 || parameters.Count % 2 != 0)
        {
            throw new ShapeException($"A network needs a W and a b for each layer; found {parameters.Count} matrices.");
        }

        int depth = parameters.Count / 2;
        var layers = new Layer[depth];
        var named = new Matrix[parameters.Count];
        for (int l = 0; l < depth; l++)
        {
            Matrix w = parameters[2 * l].Named($"W{l + 1}"), b = parameters[(2 * l) + 1].Named($"b{l + 1}");
            if (b.RowCount != w.RowCount || b.ColumnCount != 1)
            {
                throw new ShapeException($"{w} needs b{l + 1} of {w.RowCount}×1; found {b.Shape}.");
            }

            if (l > 0 && w.ColumnCount != layers[l - 1].Outputs)
            {
                throw new ShapeException(
                    $"{w} does not fit on layer {l}, which gives {layers[l - 1].Outputs} values: {w.Name} needs "
                    + $"{layers[l - 1].Outputs} columns.");
            }

            layers[l] = new Layer(l + 1, w, b, l == depth - 1 ? "softmax" : activation.ToString());
            named[2 * l] = w;
            named[(2 * l) + 1] = b;
        }

        foreach (Matrix matrix in named)
        {
            if (!isKnownFinite && !matrix.IsFinite())
            {
                throw new ShapeException(
                    $"{matrix} holds numbers that are not finite (NaN or infinity): a network's parameters must all be "
                    + $"finite.", "ParameterNotFinite");
            }
        }

        Layers = new RowList<Layer>(layers);
        Parameters = new RowList<Matrix>(named);
        Hidden = new LayerWidths([.. layers.SkipLast(1).Select(layer => layer.Outputs)]);
        Activation = activation;
        Initializer = initializer;
        Seed = seed;
        Preprocessing = preprocessing;
        _fingerprint = new Lazy<string>(() => NetworkFingerprint.Of(this));
    }

    /// <summary>The layers, from the pixels to the classes.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>W1, b1, W2, b2 … in this order.</summary>
    public IReadOnlyList<Matrix> Parameters { get; }

    /// <inheritdoc/>
    IReadOnlyList<Matrix> ISymbolTable.Matrices => Parameters;

    /// <summary>What the hidden layers apply to their sums.</summary>
    public Activation Activation { get; }

    /// <summary>How the first weights were drawn; null when that is not known.</summary>
    public Initializer? Initializer { get; }

    /// <summary>The seed they were drawn from; null when that is not known.</summary>
    public int? Seed { get; }

    /// <summary>What is done to an image before the network sees it, in training and ever after.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>The number of inputs: 784 for 28×28 pixels.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>The number of classes.</summary>
    public int Outputs => Layers[^1].Outputs;

    /// <summary>The widths of the hidden layers, such as <c>32-16</c>.</summary>
    public LayerWidths Hidden { get; }

    /// <summary>
    /// The first 16 digits of a SHA-256 over all weights and biases: equal ones mean the same numbers to the bit. The
    /// rows of a sweep have it too.
    /// </summary>
    public string Fingerprint => FullFingerprint[..16];

    /// <summary>All digits of the SHA-256 over all weights and biases.</summary>
    internal string FullFingerprint => _fingerprint.Value;

    /// <summary>The widths of all layers, such as <c>784-10-10</c>.</summary>
    public string Shape => string.Join('-', Layers.Select(layer => layer.Outputs).Prepend(Inputs));

    /// <summary>The number of weights and biases: 7,960 for 784-10-10.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Whether float32 holds every parameter without loss, as it does after training.</summary>
    internal bool HoldsFloat32 =>
        Parameters.All(matrix => Array.TrueForAll(matrix.Values.Values, value => (float)value == value));

    /// <summary>The name of the file that the network was loaded from; empty for one that was made here.</summary>
    public string Name { get; private init; } = "";

    /// <summary>
    /// Whether these are the very weights that <see cref="Initializer"/> and <see cref="Seed"/> give, as
    /// <see cref="Create"/> made them. A trained network still names both, but they do not make it again.
    /// </summary>
    internal bool IsFresh { get; private init; }

    /// <summary>
    /// What tells this network from others in a table: its file's name, or its shape and its fingerprint.
    /// </summary>
    internal string Title => Name.Length > 0 ? Name : $"{this} {Fingerprint[..8]}";

    /// <summary>
    /// A weight or a bias matrix by its symbol, such as <c>W1</c> or <c>b2</c>; null when there is none of that name.
    /// </summary>
    public Matrix? this[string symbol] => Parameters.FirstOrDefault(matrix => matrix.Name == symbol);

    /// <summary>
    /// A fresh network. The numbers are rounded to float32, in which training computes.
    /// </summary>
    /// <param name="hidden">The widths of the hidden layers.</param>
    /// <param name="activation">What the hidden layers apply.</param>
    /// <param name="initializer">How the weights are drawn.</param>
    /// <param name="seed">The same seed gives the same weights, on every machine.</param>
    /// <param name="inputs">The number of inputs: 784 for 28×28 pixels.</param>
    /// <param name="preprocessing">What is done to an image before the network sees it.</param>
    /// <param name="cancellation">Looked at between two rows of weights: the widest networks have hundreds of
    /// millions.</param>
    /// <exception cref="SettingException">A width is out of its range, or a layer has more weights than an array can
    /// hold.</exception>
    public static Network Create(
        IReadOnlyList<int> hidden,
        Activation activation = Activation.ReLU,
        Initializer initializer = MnistNet.Initializer.He,
        int seed = 0,
        int inputs = 784,
        Preprocessing preprocessing = Preprocessing.None,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        var parameters = new List<Matrix>();
        var random = new SeededRandom(seed, RandomPurpose.Initialization);
        if (inputs < 1)
        {
            throw new SettingException("Inputs",
                $"A network of {inputs:N0} inputs was asked for; it needs at least 1, a pixel.");
        }

        int n = inputs;
        foreach (int k in hidden.Append(DigitSet.ClassCount))
        {
            if (k is < 1 or > MaximumWidth)
            {
                throw new SettingException("Hidden",
                    $"A hidden layer of {k} units was asked for; a layer has 1 to {MaximumWidth:N0}.");
            }

            if ((long)n * k > Array.MaxLength)
            {
                throw new SettingException("Inputs",
                    $"A layer of {k:N0} units on {n:N0} inputs would have {(long)n * k:N0} weights; at most "
                    + $"{Array.MaxLength:N0} can be held. Take fewer of either.");
            }

            Func<double>? draw = Drawing(initializer, n, k, random);
            Matrix biases = Draw(k, 1, initializer == MnistNet.Initializer.Uniform ? draw : null, cancellation);
            parameters.Add(Draw(k, n, draw, cancellation));
            parameters.Add(biases);
            n = k;
        }

        return new Network(parameters, activation, initializer, seed, preprocessing, isKnownFinite: true)
        {
            IsFresh = true,
        };
    }

    /// <summary>The widest layer that is accepted; wider ones would not fit the indexes of the kernels.</summary>
    internal const int MaximumWidth = 16384;

    /// <summary>Throws unless the network takes this data's pixels and has a class for each label.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    internal void RequireFit(DigitSet data)
    {
        if (data.PixelCount != Inputs || Outputs != DigitSet.ClassCount)
        {
            throw new ShapeException(
                $"The network {Shape} takes {Inputs} pixels and tells {Outputs} classes apart; {data.Name} has images "
                    + $"of {data.Rows}×{data.Columns} = {data.PixelCount} pixels and {DigitSet.ClassCount} classes. "
                    + $"Use data or a network of the other's shape.",
                "NetworkDataShapeMismatch");
        }
    }

    /// <summary>
    /// The digits as this network sees them: of its shape, and preprocessed. Every way from digits to a network leads
    /// through here.
    /// </summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    internal DigitSet See(DigitSet data)
    {
        RequireFit(data);
        return Preprocessor.Apply(data, Preprocessing);
    }

    /// <summary>A network with other weights and biases that is the same in everything else.</summary>
    /// <exception cref="ShapeException">A number is not finite.</exception>
    internal Network With(IReadOnlyList<Matrix> parameters)
        => new(parameters, Activation, Initializer, Seed, Preprocessing);

    /// <summary>The same network, loaded from a file of this name.</summary>
    internal Network Named(string name)
        => new(Parameters, Activation, Initializer, Seed, Preprocessing) { Name = name };

    /// <summary>Such as <c>784-10-10 ReLU</c>, or <c>784-10-10 ReLU, MomentNormalization</c>.</summary>
    public override string ToString()
        => Preprocessing == Preprocessing.None ? $"{Shape} {Activation}" : $"{Shape} {Activation}, {Preprocessing}";

    /// <summary>
    /// Whether another network has the same layers, the same activation and the same numbers to the bit.
    /// </summary>
    public bool Equals(Network? other) => ReferenceEquals(this, other)
        || (other is not null
            && Activation == other.Activation
            && Shape == other.Shape
            && FullFingerprint == other.FullFingerprint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Network);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, FullFingerprint);


    /// <summary>What draws the numbers of a layer of k units on n inputs; null where all are 0.</summary>
    private static Func<double>? Drawing(Initializer initializer, int n, int k, SeededRandom random)
    {
        double deviation = Math.Sqrt(2.0 / n), limit = Math.Sqrt(6.0 / (n + k));
        return initializer switch
        {
            MnistNet.Initializer.He => () => (float)(deviation * random.NextNormal()),
            MnistNet.Initializer.Xavier => () => (float)random.NextDouble(-limit, limit),
            MnistNet.Initializer.Uniform => () => (float)random.NextDouble(-0.5, 0.5),
            MnistNet.Initializer.Zero => null,
            _ => throw new ArgumentOutOfRangeException(
                nameof(initializer), initializer, "No numbers are known for this initialiser."),
        };
    }

    private static Matrix Draw(int rows, int columns, Func<double>? draw, CancellationToken cancellation)
    {
        var numbers = new DenseMatrix(rows, columns);
        double[] store = numbers.Values;
        for (int r = 0; draw is not null && r < rows; r++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int c = 0; c < columns; c++)
            {
                store[(c * rows) + r] = draw();
            }
        }

        return new Matrix(numbers);
    }
}
