namespace MnistNet;

// What this module needs of the messages of ONNX, by the field numbers of its specification (onnx.proto, IR version 8).

/// <summary>A model: a graph, the operators' version, and facts beside it.</summary>
internal sealed class OnnxModel
{
    /// <summary>The version of the format.</summary>
    public long IrVersion { get; set; }

    /// <summary>Who wrote it.</summary>
    public string Producer { get; set; } = "";

    /// <summary>What it is, in words.</summary>
    public string Description { get; set; } = "";

    /// <summary>The version of each set of operators, by its domain; the standard one is the empty name.</summary>
    public Dictionary<string, long> Operators { get; } = new(StringComparer.Ordinal);

    /// <summary>Names and values.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The graph; null when the file has none.</summary>
    public OnnxGraph? Graph { get; set; }
}

/// <summary>A graph of nodes, with its constant tensors.</summary>
internal sealed class OnnxGraph
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is, in words.</summary>
    public string Description { get; set; } = "";

    /// <summary>The nodes.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>The constants that are stored, such as weights.</summary>
    public List<OnnxTensor> Initializers { get; } = [];

    /// <summary>What comes in. Older files list the constants here too.</summary>
    public List<OnnxValue> Inputs { get; } = [];

    /// <summary>What comes out.</summary>
    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>Whether the file has tensors in a form that is not read, such as sparse ones.</summary>
    public bool HasSparseInitializers { get; set; }
}

/// <summary>A node: an operator on named values.</summary>
internal sealed class OnnxNode
{
    /// <summary>Its name, which may be empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>The operator, such as <c>Gemm</c>.</summary>
    public string Operator { get; set; } = "";

    /// <summary>The set of operators it is from; empty for the standard one.</summary>
    public string Domain { get; set; } = "";

    /// <summary>What it is, in words.</summary>
    public string Description { get; set; } = "";

    /// <summary>The values it takes.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>The values it gives.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Its attributes by name.</summary>
    public Dictionary<string, OnnxAttribute> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Such as <c>Gemm (node fc1)</c>.</summary>
    public override string ToString() => Name.Length == 0
        ? $"{Operator} (the node that gives {(Outputs.Count == 0 ? "nothing" : Outputs[0])})"
        : $"{Operator} (node {Name})";
}

/// <summary>An attribute of a node: one of these is set.</summary>
internal sealed class OnnxAttribute
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>A number.</summary>
    public float Float { get; set; }

    /// <summary>A whole number.</summary>
    public long Integer { get; set; }

    /// <summary>Whole numbers.</summary>
    public List<long> Integers { get; } = [];

    /// <summary>A tensor; null when it has none.</summary>
    public OnnxTensor? Tensor { get; set; }

    /// <summary>The kind of attribute, by the numbers of the specification.</summary>
    public OnnxAttributeKind Kind { get; set; }
}

/// <summary>The kinds of attributes that are written.</summary>
internal enum OnnxAttributeKind
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>A number.</summary>
    Float = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,
}

/// <summary>The types of numbers that are known, by the numbers of the specification.</summary>
internal enum OnnxType
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>float32.</summary>
    Float = 1,

    /// <summary>Whole numbers of 32 bits.</summary>
    Int32 = 6,

    /// <summary>Whole numbers of 64 bits.</summary>
    Int64 = 7,

    /// <summary>float16.</summary>
    Float16 = 10,

    /// <summary>float64.</summary>
    Double = 11,

    /// <summary>The upper half of a float32.</summary>
    BFloat16 = 16,
}

/// <summary>A constant: numbers with a name and a shape, rows after each other.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of the numbers in the file.</param>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Values">The numbers.</param>
internal sealed record OnnxTensor(string Name, OnnxType Type, int[] Shape, double[] Values)
{
    /// <summary>Such as <c>10×784</c>.</summary>
    public string ShapeText => Shape.Length == 0 ? "a single number" : string.Join('×', Shape);
}

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">The size of each dimension; a name for one that is free.</param>
/// <param name="Description">What it is, in words.</param>
internal sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<object> Shape, string Description);
