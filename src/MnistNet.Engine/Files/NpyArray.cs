using System.Buffers.Binary;

namespace MnistNet;

/// <summary>The kinds of numbers in a NumPy array, by the letters that its header uses.</summary>
internal enum NpyKind
{
    /// <summary><c>b</c>: a byte that is 0 or 1.</summary>
    Boolean,

    /// <summary><c>i</c>: whole numbers with a sign.</summary>
    Signed,

    /// <summary><c>u</c>: whole numbers without a sign.</summary>
    Unsigned,

    /// <summary><c>f</c>: IEEE 754 numbers.</summary>
    Float,
}

/// <summary>The numbers of an npy file: a shape and the numbers themselves, row after row, little-endian.</summary>
/// <param name="Kind">The kind of number.</param>
/// <param name="Size">The bytes of one number: 1, 2, 4 or 8.</param>
/// <param name="Shape">The size of each dimension, such as 10, 784; empty for a single number.</param>
/// <param name="Bytes">The numbers.</param>
internal sealed record NpyArray(NpyKind Kind, int Size, int[] Shape, byte[] Bytes)
{
    /// <summary>How many numbers there are.</summary>
    internal int Count => Bytes.Length / Size;

    /// <summary>Such as <c>10×784</c>.</summary>
    internal string ShapeText => Shape.Length == 0 ? "a single number" : string.Join('×', Shape);

    /// <summary>Such as <c>f4</c>, as NumPy calls its types.</summary>
    internal string TypeText => $"{Letter}{Size}";

    /// <summary>The number at a position, rows after each other.</summary>
    internal double this[int position]
    {
        get
        {
            ReadOnlySpan<byte> bytes = Bytes.AsSpan(position * Size, Size);
            return (Kind, Size) switch
            {
                (NpyKind.Boolean or NpyKind.Unsigned, 1) => bytes[0],
                (NpyKind.Unsigned, 2) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                (NpyKind.Unsigned, 4) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                (NpyKind.Unsigned, 8) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                (NpyKind.Signed, 1) => (sbyte)bytes[0],
                (NpyKind.Signed, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                (NpyKind.Signed, 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                (NpyKind.Signed, 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                (NpyKind.Float, 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                (NpyKind.Float, 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                (NpyKind.Float, 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                _ => throw new InvalidOperationException($"No number is {TypeText}."),
            };
        }
    }

    /// <summary>The letter of the kind in a header.</summary>
    internal char Letter => Kind switch
    {
        NpyKind.Boolean => 'b',
        NpyKind.Signed => 'i',
        NpyKind.Unsigned => 'u',
        NpyKind.Float => 'f',
        _ => throw new InvalidOperationException($"No letter stands for {Kind}."),
    };

    /// <summary>An array of bytes.</summary>
    internal static NpyArray Of(ReadOnlySpan<byte> values, params int[] shape) =>
        new(NpyKind.Unsigned, 1, shape, values.ToArray());

    /// <summary>An array of float32 numbers.</summary>
    internal static NpyArray Of(ReadOnlySpan<float> values, params int[] shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return new NpyArray(NpyKind.Float, sizeof(float), shape, bytes);
    }

    /// <summary>An array of float64 numbers.</summary>
    internal static NpyArray Of(ReadOnlySpan<double> values, params int[] shape)
    {
        var bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return new NpyArray(NpyKind.Float, sizeof(double), shape, bytes);
    }
}
