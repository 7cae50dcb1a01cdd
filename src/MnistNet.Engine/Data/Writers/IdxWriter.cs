using System.Buffers.Binary;

namespace MnistNet;

/// <summary>
/// Writes digits in MNIST's own format: a header of big-endian numbers (the type of the elements with the number of
/// dimensions, then each dimension), and the bytes.
/// </summary>
internal static class IdxWriter
{
    private const int ByteElements = 0x0800;

    /// <summary>Writes the images: count × rows × columns grey levels.</summary>
    internal static void WriteImages(Stream stream, DigitSet digits) =>
        Write(stream, digits.Pixels, digits.Count, digits.Rows, digits.Columns);

    /// <summary>Writes the labels, one byte each.</summary>
    internal static void WriteLabels(Stream stream, DigitSet digits) => Write(stream, digits.Labels, digits.Count);

    private static void Write(Stream stream, ReadOnlySpan<byte> elements, params ReadOnlySpan<int> dimensions)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, ByteElements | dimensions.Length);
        stream.Write(number);
        foreach (int dimension in dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, dimension);
            stream.Write(number);
        }

        stream.Write(elements);
    }
}
