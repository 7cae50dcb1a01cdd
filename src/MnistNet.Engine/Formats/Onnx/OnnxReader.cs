using System.Buffers.Binary;
using Google.Protobuf;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Reads a model from the protocol buffers of onnx.proto. Fields that a plain network has no use for are passed over;
/// what would change its meaning is refused by name.
/// </summary>
/// <param name="reading">The reading of the file.</param>
internal sealed class OnnxReader(NetworkReading reading)
{
    // More than the largest network that is accepted needs; nothing is allocated on a number of the file's alone.
    private const long MaximumLength = 1L << 28;

    // Messages lie in messages: model, graph, node, attribute, tensor. A graph inside an attribute is refused.
    private const int MaximumDepth = 8;

    private int _depth;
    private WireFormat.WireType _wireType;

    /// <summary>Reads the model.</summary>
    /// <exception cref="DataFormatException">The bytes are not a model, or it has parts that are not read.</exception>
    public OnnxModel Read(Stream stream)
    {
        if (stream.Length > MaximumLength)
        {
            throw reading.Fail("OnnxTooLarge",
                $"it has {stream.Length:N0} bytes; at most {MaximumLength:N0} are read.");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            return ReadModel(new CodedInputStream(bytes));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new DataFormatException(
                "OnnxInvalid",
                reading.Path,
                "its bytes are not the messages that an ONNX file has, or it is cut off. Is it an ONNX file at all?",
                exception);
        }
    }

    private OnnxModel ReadModel(CodedInputStream input)
    {
        var model = new OnnxModel();
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    model.IrVersion = input.ReadInt64();
                    return true;
                case 2:
                    model.Producer = input.ReadString();
                    return true;
                case 6:
                    model.Description = input.ReadString();
                    return true;
                case 7 when model.Graph is null:
                    model.Graph = ReadGraph(Inside(input));
                    return true;
                case 8:
                    (string domain, long version) = ReadOperatorSet(Inside(input));
                    model.Operators[domain] = version;
                    return true;
                case 14:
                    (string key, string value) = ReadEntry(Inside(input));
                    model.Metadata[key] = value;
                    return true;
                case 25:
                    throw reading.Fail("OnnxUnsupported", "it defines functions of its own; expected plain operators.");
                default:
                    return false;
            }
        });
        return model;
    }

    private (string Domain, long Version) ReadOperatorSet(CodedInputStream input)
    {
        (string domain, long version) = ("", 0L);
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    domain = input.ReadString();
                    return true;
                case 2:
                    version = input.ReadInt64();
                    return true;
                default:
                    return false;
            }
        });
        return (domain, version);
    }

    private (string Key, string Value) ReadEntry(CodedInputStream input)
    {
        (string key, string value) = ("", "");
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    key = input.ReadString();
                    return true;
                case 2:
                    value = input.ReadString();
                    return true;
                default:
                    return false;
            }
        });
        return (key, value);
    }

    private OnnxGraph ReadGraph(CodedInputStream input)
    {
        var graph = new OnnxGraph();
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    graph.Nodes.Add(ReadNode(Inside(input)));
                    return true;
                case 2:
                    graph.Name = input.ReadString();
                    return true;
                case 5:
                    graph.Initializers.Add(ReadTensor(Inside(input)));
                    return true;
                case 11:
                    graph.Inputs.Add(ReadValue(Inside(input)));
                    return true;
                case 12:
                    graph.Outputs.Add(ReadValue(Inside(input)));
                    return true;
                case 15:
                    throw reading.Fail("OnnxUnsupported", "it has sparse tensors; expected plain ones.");
                default:
                    return false;
            }
        });
        return graph;
    }

    private OnnxNode ReadNode(CodedInputStream input)
    {
        var node = new OnnxNode();
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    node.Inputs.Add(input.ReadString());
                    return true;
                case 2:
                    node.Outputs.Add(input.ReadString());
                    return true;
                case 3:
                    node.Name = input.ReadString();
                    return true;
                case 4:
                    node.Operator = input.ReadString();
                    return true;
                case 5:
                    OnnxAttribute attribute = ReadAttribute(Inside(input));
                    node.Attributes[attribute.Name] = attribute;
                    return true;
                case 7:
                    node.Domain = input.ReadString();
                    return true;
                default:
                    return false;
            }
        });
        return node;
    }

    private OnnxAttribute ReadAttribute(CodedInputStream input)
    {
        var attribute = new OnnxAttribute();
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    attribute.Name = input.ReadString();
                    return true;
                case 2:
                    attribute.Float = input.ReadFloat();
                    return true;
                case 3:
                    attribute.Integer = input.ReadInt64();
                    return true;
                case 5:
                    attribute.Tensor = ReadTensor(Inside(input));
                    return true;
                case 6 or 11:
                    throw reading.Fail(
                        "OnnxUnsupported",
                        $"a node has a graph inside it ({attribute.Name}): a loop or a branch; expected a plain "
                            + $"network.");
                case 8:
                    Integers(input, attribute.Integers.Add);
                    return true;
                default:
                    return false;
            }
        });
        return attribute;
    }

    private OnnxValue ReadValue(CodedInputStream input)
    {
        string name = "";
        OnnxType type = OnnxType.Unknown;
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    name = input.ReadString();
                    return true;
                case 2:
                    CodedInputStream typeInput = Inside(input);
                    Fields(typeInput, typeField =>
                    {
                        if (typeField != 1)
                        {
                            return false;
                        }

                        CodedInputStream tensorInput = Inside(typeInput);
                        Fields(tensorInput, tensorField =>
                        {
                            if (tensorField != 1)
                            {
                                return false;
                            }

                            type = (OnnxType)tensorInput.ReadInt32();
                            return true;
                        });
                        return true;
                    });
                    return true;
                default:
                    return false;
            }
        });
        return new OnnxValue(name, type, [], "");
    }

    private OnnxTensor ReadTensor(CodedInputStream input)
    {
        var shape = new List<long>();
        var type = OnnxType.Unknown;
        string name = "";
        bool isElsewhere = false;
        string place = "another file";
        ReadOnlyMemory<byte>? raw = null;
        var typed = new List<double>();
        Fields(input, field =>
        {
            switch (field)
            {
                case 1:
                    Integers(input, shape.Add);
                    return true;
                case 2:
                    type = (OnnxType)input.ReadInt32();
                    return true;
                case 4:
                    Packed(input, sizeof(float), one => typed.Add(one.ReadFloat()));
                    return true;
                case 5:
                    // float16 and bfloat16 lie here by their bits.
                    Integers(input, bits => typed.Add(bits));
                    return true;
                case 7:
                    Integers(input, number => typed.Add(number));
                    return true;
                case 8:
                    name = input.ReadString();
                    return true;
                case 9:
                    raw = input.ReadBytes().Memory;
                    return true;
                case 10:
                    Packed(input, sizeof(double), one => typed.Add(one.ReadDouble()));
                    return true;
                case 13:
                    isElsewhere = true;
                    (string key, string value) = ReadEntry(Inside(input));
                    place = key == "location" ? $"the file '{value}'" : place;
                    return true;
                case 14:
                    isElsewhere |= input.ReadInt32() == 1;
                    return true;
                default:
                    return false;
            }
        });
        if (isElsewhere)
        {
            throw reading.Fail(
                "OnnxExternalData",
                $"its tensor {name} lies in {place}, which is not followed. Save the model with its data inside.");
        }

        double[] values = raw is null ? FromTyped(type, typed, name) : FromRaw(type, raw.Value.Span, name);
        UInt128 count = 1;
        foreach (long size in shape)
        {
            count =
                size is < 0 or > int.MaxValue ? UInt128.MaxValue : UInt128.Min(count, ulong.MaxValue) * (UInt128)size;
            if (size < 0)
            {
                break;
            }
        }

        return count == (UInt128)values.Length
            ? new OnnxTensor(name, type, [.. shape.Select(size => (int)size)], values)
            : throw reading.Fail(
                "OnnxTensorShape",
                $"its tensor {name} is {(shape.Count == 0 ? "a single number" : string.Join('×', shape))} "
                    + Invariant($"by its dims, and has {values.Length:N0} numbers."));
    }

    private double[] FromTyped(OnnxType type, List<double> typed, string name) => type switch
    {
        OnnxType.Float16 => [.. typed.Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))],
        OnnxType.BFloat16 =>
            [.. typed.Select(bits => (double)BitConverter.UInt32BitsToSingle((uint)(ushort)bits << 16))],
        OnnxType.Float or OnnxType.Double or OnnxType.Int32 or OnnxType.Int64 => [.. typed],
        _ => throw Unsupported(type, name),
    };

    private double[] FromRaw(OnnxType type, ReadOnlySpan<byte> bytes, string name)
    {
        int size = type switch
        {
            OnnxType.Float or OnnxType.Int32 => 4,
            OnnxType.Double or OnnxType.Int64 => 8,
            OnnxType.Float16 or OnnxType.BFloat16 => 2,
            _ => throw Unsupported(type, name),
        };
        if (bytes.Length % size != 0)
        {
            throw reading.Fail("OnnxTensorShape",
                $"its tensor {name} has {bytes.Length:N0} bytes, not a multiple of {size}.");
        }

        var values = new double[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> one = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                OnnxType.Float => BinaryPrimitives.ReadSingleLittleEndian(one),
                OnnxType.Double => BinaryPrimitives.ReadDoubleLittleEndian(one),
                OnnxType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(one),
                OnnxType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(one),
                OnnxType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(one),
                OnnxType.BFloat16 =>
                    BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(one) << 16),
                _ => throw Unsupported(type, name),
            };
        }

        return values;
    }

    private DataFormatException Unsupported(OnnxType type, string name) => reading.Fail(
        "OnnxTypeUnsupported",
        $"its tensor {name} has numbers of the type {(int)type}; expected floats or whole numbers.");

    /// <summary>Reads every field of a message; what the reader does not want is passed over.</summary>
    private void Fields(CodedInputStream input, Func<int, bool> read)
    {
        if (++_depth > MaximumDepth)
        {
            throw reading.Fail("OnnxInvalid", "its messages lie too deep in each other.");
        }

        while (input.ReadTag() is not 0 and uint tag)
        {
            _wireType = WireFormat.GetTagWireType(tag);
            if (!read(WireFormat.GetTagFieldNumber(tag)))
            {
                input.SkipLastField();
            }
        }

        _depth--;
    }

    private static CodedInputStream Inside(CodedInputStream input) => input.ReadBytes().CreateCodedInput();

    /// <summary>Whole numbers: one by one, or packed.</summary>
    private void Integers(CodedInputStream input, Action<long> add)
    {
        if (_wireType != WireFormat.WireType.LengthDelimited)
        {
            add(input.ReadInt64());
            return;
        }

        CodedInputStream packed = Inside(input);
        while (!packed.IsAtEnd)
        {
            add(packed.ReadInt64());
        }
    }

    /// <summary>Numbers of a fixed size: one by one, or packed.</summary>
    private void Packed(CodedInputStream input, int size, Action<CodedInputStream> addOne)
    {
        if (_wireType != WireFormat.WireType.LengthDelimited)
        {
            addOne(input);
            return;
        }

        ByteString bytes = input.ReadBytes();
        CodedInputStream packed = bytes.CreateCodedInput();
        for (int i = 0; i < bytes.Length; i += size)
        {
            addOne(packed);
        }
    }
}
