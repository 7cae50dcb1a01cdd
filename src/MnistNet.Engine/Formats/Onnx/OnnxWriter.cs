using System.Buffers.Binary;
using Google.Protobuf;

namespace MnistNet;

/// <summary>
/// Writes a model as the protocol buffers of onnx.proto. Field numbers are those of the specification.
/// </summary>
internal static class OnnxWriter
{
    /// <summary>Writes a model.</summary>
    public static void Write(Stream stream, OnnxModel model)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        Integer(output, 1, model.IrVersion);
        Text(output, 2, model.Producer);
        Text(output, 6, model.Description);
        Message(output, 7, graph => WriteGraph(graph, model.Graph!));
        foreach ((string domain, long version) in model.Operators)
        {
            Message(output, 8, set =>
            {
                Text(set, 1, domain);
                Integer(set, 2, version);
            });
        }

        foreach ((string key, string value) in model.Metadata)
        {
            Message(output, 14, entry =>
            {
                Text(entry, 1, key);
                Text(entry, 2, value);
            });
        }
    }

    private static void WriteGraph(CodedOutputStream output, OnnxGraph graph)
    {
        foreach (OnnxNode node in graph.Nodes)
        {
            Message(output, 1, message => WriteNode(message, node));
        }

        Text(output, 2, graph.Name);
        foreach (OnnxTensor tensor in graph.Initializers)
        {
            Message(output, 5, message => WriteTensor(message, tensor));
        }

        Text(output, 10, graph.Description);
        foreach (OnnxValue value in graph.Inputs)
        {
            Message(output, 11, message => WriteValue(message, value));
        }

        foreach (OnnxValue value in graph.Outputs)
        {
            Message(output, 12, message => WriteValue(message, value));
        }
    }

    private static void WriteNode(CodedOutputStream output, OnnxNode node)
    {
        foreach (string input in node.Inputs)
        {
            Text(output, 1, input);
        }

        foreach (string given in node.Outputs)
        {
            Text(output, 2, given);
        }

        Text(output, 3, node.Name);
        Text(output, 4, node.Operator);
        foreach (OnnxAttribute attribute in node.Attributes.Values)
        {
            Message(output, 5, message =>
            {
                Text(message, 1, attribute.Name);
                if (attribute.Kind == OnnxAttributeKind.Float)
                {
                    message.WriteTag(2, WireFormat.WireType.Fixed32);
                    message.WriteFloat(attribute.Float);
                }
                else
                {
                    Integer(message, 3, attribute.Integer);
                }

                Integer(message, 20, (long)attribute.Kind);
            });
        }

        Text(output, 6, node.Description);
    }

    private static void WriteTensor(CodedOutputStream output, OnnxTensor tensor)
    {
        foreach (int size in tensor.Shape)
        {
            Integer(output, 1, size);
        }

        Integer(output, 2, (long)OnnxType.Float);
        Text(output, 8, tensor.Name);
        var bytes = new byte[tensor.Values.Length * sizeof(float)];
        for (int i = 0; i < tensor.Values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), (float)tensor.Values[i]);
        }

        output.WriteTag(9, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    private static void WriteValue(CodedOutputStream output, OnnxValue value)
    {
        Text(output, 1, value.Name);
        Message(output, 2, type => Message(type, 1, tensor =>
        {
            Integer(tensor, 1, (long)value.Type);
            Message(tensor, 2, shape =>
            {
                foreach (object size in value.Shape)
                {
                    Message(shape, 1, dimension =>
                    {
                        if (size is int number)
                        {
                            Integer(dimension, 1, number);
                        }
                        else
                        {
                            Text(dimension, 2, (string)size);
                        }
                    });
                }
            });
        }));
        Text(output, 3, value.Description);
    }

    private static void Integer(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Message(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var inner = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(inner);
        }

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(buffer.ToArray()));
    }
}
