namespace MnistNet;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Begin">The byte of the body that it begins at.</param>
/// <param name="End">The byte after its last one.</param>
internal sealed record SafetensorsEntry(string Name, TensorType Type, int[] Shape, long Begin, long End)
{
    /// <summary>
    /// The bytes that type and shape make; <see cref="long.MaxValue"/> when that is beyond counting.
    /// </summary>
    internal long ByteCount
    {
        get
        {
            UInt128 bytes = (UInt128)Tensor.SizeOf(Type);
            foreach (int size in Shape)
            {
                bytes *= (UInt128)size;
                if (bytes == 0 || bytes > long.MaxValue)
                {
                    break;
                }
            }

            return bytes > long.MaxValue ? long.MaxValue : (long)bytes;
        }
    }
}
