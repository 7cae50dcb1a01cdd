using System.Text;

namespace MnistNet;

/// <summary>One array of NumPy as a stream of bytes: a header, then the numbers.</summary>
internal static class NpyFile
{
    private const int PrefixLength = 8;

    /// <summary>Writes an array, in version 1.0 of the format.</summary>
    internal static void Write(Stream stream, NpyArray array)
    {
        stream.Write(NpyHeader.Compose(array));
        stream.Write(array.Bytes);
    }

    /// <summary>Reads an array. Nothing is allocated that the length does not cover.</summary>
    /// <param name="stream">Where from; its content is not to be trusted.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="name">What is read, for messages.</param>
    /// <exception cref="DataFormatException">The content is not an array of numbers.</exception>
    internal static NpyArray Read(Stream stream, long length, string name)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (length < PrefixLength + sizeof(ushort) || !TryFill(stream, prefix) || !prefix.StartsWith(NpyHeader.Magic))
        {
            throw new DataFormatException(
                "NpyInvalid", name, "it does not begin as an array of NumPy does, with \\x93NUMPY.");
        }

        int version = prefix[^2];
        if (version is < 1 or > 3)
        {
            throw new DataFormatException(
                "NpyVersion", name, $"it has version {version} of the npy format; versions 1 to 3 are read.");
        }

        Span<byte> lengthBytes = stackalloc byte[version == 1 ? sizeof(ushort) : sizeof(uint)];
        Fill(stream, lengthBytes, name);
        uint headerLength = 0;
        for (int i = lengthBytes.Length - 1; i >= 0; i--)
        {
            headerLength = (headerLength << 8) | lengthBytes[i];
        }

        long rest = length - PrefixLength - lengthBytes.Length - headerLength;
        if (headerLength > NpyHeader.MaximumLength || rest < 0)
        {
            throw new DataFormatException(
                "NpyHeaderInvalid", name,
                    $"its header should have {headerLength:N0} bytes; that is not an npy header.");
        }

        var headerBytes = new byte[headerLength];
        Fill(stream, headerBytes, name);
        NpyHeader header = NpyHeader.Parse(Encoding.UTF8.GetString(headerBytes), name);
        long expected = header.Count * header.Size;
        if (expected != rest)
        {
            throw new DataFormatException(
                "NpyTruncated",
                name,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"its header tells of {expected:N0} bytes of numbers; found {rest:N0}."));
        }

        var bytes = new byte[expected];
        Fill(stream, bytes, name);
        if (header.IsBigEndian)
        {
            ReverseEach(bytes, header.Size);
        }

        if (header.IsFortranOrder && header.Shape.Length > 1)
        {
            bytes = ToRowOrder(bytes, header);
        }

        return new NpyArray(header.Kind, header.Size, header.Shape, bytes);
    }

    private static void ReverseEach(byte[] bytes, int size)
    {
        for (int i = 0; i < bytes.Length; i += size)
        {
            bytes.AsSpan(i, size).Reverse();
        }
    }

    /// <summary>From columns after each other, the first index running fastest, to rows after each other.</summary>
    private static byte[] ToRowOrder(byte[] bytes, NpyHeader header)
    {
        var ordered = new byte[bytes.Length];
        int[] shape = header.Shape, index = new int[shape.Length];
        var strides = new long[shape.Length];
        long stride = header.Size;
        for (int d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        for (int to = 0; to < bytes.Length; to += header.Size)
        {
            long from = 0;
            for (int d = 0; d < shape.Length; d++)
            {
                from += index[d] * strides[d];
            }

            bytes.AsSpan((int)from, header.Size).CopyTo(ordered.AsSpan(to));
            for (int d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
            {
                index[d] = 0;
            }
        }

        return ordered;
    }

    private static bool TryFill(Stream stream, Span<byte> bytes) =>
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static void Fill(Stream stream, Span<byte> bytes, string name)
    {
        if (!TryFill(stream, bytes))
        {
            throw new DataFormatException("NpyTruncated", name, "it is cut off.");
        }
    }
}
