using System.Buffers.Binary;

namespace MnistNet;

/// <summary>The kind of number in a tensor of a safetensors file, by the format's own names.</summary>
internal enum TensorType
{
    /// <summary>Bytes.</summary>
    U8,

    /// <summary>float16, little-endian.</summary>
    F16,

    /// <summary>The upper half of a float32, little-endian.</summary>
    BF16,

    /// <summary>float32, little-endian.</summary>
    F32,

    /// <summary>float64, little-endian.</summary>
    F64,
}

/// <summary>Numbers with a name and a shape, as they lie in a safetensors file: little-endian, row after row.</summary>
/// <param name="Name">The name, such as <c>W1</c>.</param>
/// <param name="Type">The kind of number.</param>
/// <param name="Shape">The size of each dimension, such as 10, 784.</param>
/// <param name="Bytes">The numbers.</param>
internal sealed record Tensor(string Name, TensorType Type, int[] Shape, byte[] Bytes)
{
    /// <summary>The size of a number in bytes.</summary>
    internal static int SizeOf(TensorType type) => type switch
    {
        TensorType.U8 => 1,
        TensorType.F16 or TensorType.BF16 => sizeof(ushort),
        TensorType.F32 => sizeof(float),
        TensorType.F64 => sizeof(double),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The size of such a number is not known."),
    };

    /// <summary>A tensor of a matrix.</summary>
    internal static Tensor Of(Matrix matrix, TensorType type)
    {
        var bytes = new byte[(long)matrix.RowCount * matrix.ColumnCount * SizeOf(type)];
        Span<byte> rest = bytes;
        for (int r = 0; r < matrix.RowCount; r++)
        {
            for (int c = 0; c < matrix.ColumnCount; c++)
            {
                if (type == TensorType.F32)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(rest, (float)matrix[r, c]);
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(rest, matrix[r, c]);
                }

                rest = rest[SizeOf(type)..];
            }
        }

        return new Tensor(matrix.Name, type, [matrix.RowCount, matrix.ColumnCount], bytes);
    }

    /// <summary>The number at a position, rows after each other.</summary>
    internal double this[int position]
    {
        get
        {
            ReadOnlySpan<byte> bytes = Bytes.AsSpan(position * SizeOf(Type));
            return Type switch
            {
                TensorType.U8 => bytes[0],
                TensorType.F16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                TensorType.BF16 =>
                    BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
                TensorType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                TensorType.F64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                _ => throw new InvalidOperationException($"No number is {Type}."),
            };
        }
    }

    /// <summary>Such as <c>10×784</c>.</summary>
    internal string ShapeText => Shape.Length == 0 ? "a single number" : string.Join('×', Shape);

    /// <summary>The matrix of a tensor with two dimensions.</summary>
    internal Matrix ToMatrix()
    {
        var values = new double[Shape[0], Shape[1]];
        for (int r = 0; r < Shape[0]; r++)
        {
            for (int c = 0; c < Shape[1]; c++)
            {
                values[r, c] = this[(r * Shape[1]) + c];
            }
        }

        return new Matrix(values, Name);
    }
}
