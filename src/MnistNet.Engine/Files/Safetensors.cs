using System.Buffers.Binary;

namespace MnistNet;

/// <summary>
/// The safetensors container: eight bytes with the header's length, a JSON header with type, shape and place of each
/// tensor and with free metadata, then the tensors' bytes without a gap.
/// Source of the format: https://github.com/huggingface/safetensors, section "Format" of its README.
/// </summary>
internal static class Safetensors
{
    /// <summary>
    /// Far more than a network's header needs (about 80 bytes a tensor), and little to allocate on a stranger's word.
    /// </summary>
    internal const int MaximumHeaderLength = 1 << 20;

    /// <summary>Writes tensors and metadata. Equal content gives equal bytes.</summary>
    /// <param name="stream">Where to; it need not seek.</param>
    /// <param name="tensors">The tensors, in the order in which they are to lie in the file.</param>
    /// <param name="metadata">Names and values.</param>
    internal static void Write(
        Stream stream, IReadOnlyList<Tensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        byte[] header = SafetensorsHeader.Compose(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Tensor tensor in tensors)
        {
            stream.Write(tensor.Bytes);
        }
    }

    /// <summary>Reads a whole file. Nothing is allocated that the file's own length does not cover.</summary>
    /// <param name="stream">The file; its content is not to be trusted.</param>
    /// <param name="path">The file's name, for error messages.</param>
    /// <exception cref="DataFormatException">The file is not a sound safetensors file.</exception>
    /// <exception cref="EndOfStreamException">The file became shorter while it was read.</exception>
    internal static SafetensorsContent Read(Stream stream, string path)
    {
        if (stream.Length < sizeof(ulong) + 2)
        {
            throw SafetensorsHeader.Fail(
                path, "SafetensorsTruncated",
                $"found {stream.Length} bytes; a safetensors file begins with 8 bytes of header length and a JSON "
                + $"header.");
        }

        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > MaximumHeaderLength)
        {
            throw SafetensorsHeader.Fail(
                path, "SafetensorsHeaderTooLarge",
                $"its first 8 bytes claim a header of {length:N0} bytes; a network's header has at most "
                + $"{MaximumHeaderLength:N0}. Is it a safetensors file at all?");
        }

        long bodyLength = stream.Length - sizeof(ulong) - (long)length;
        if (bodyLength < 0)
        {
            throw SafetensorsHeader.Fail(
                path, "SafetensorsTruncated",
                $"the header should have {length:N0} bytes, but the file has only {stream.Length - sizeof(ulong):N0} "
                + $"more. The file is cut off.");
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        (List<SafetensorsEntry> entries, Dictionary<string, string> metadata) = SafetensorsHeader.Parse(header, path);
        SafetensorsHeader.RequireWhole(entries, bodyLength, path);

        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in entries)
        {
            var bytes = new byte[entry.End - entry.Begin];
            stream.ReadExactly(bytes);
            tensors.Add(entry.Name, new Tensor(entry.Name, entry.Type, entry.Shape, bytes));
        }

        return new SafetensorsContent(tensors, metadata);
    }
}

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors by name.</param>
/// <param name="Metadata">The free names and values.</param>
internal sealed record SafetensorsContent(
    IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
