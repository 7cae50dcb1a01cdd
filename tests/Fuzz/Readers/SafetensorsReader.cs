namespace MnistNet.Fuzz;

/// <summary>Networks in safetensors files.</summary>
internal sealed class SafetensorsReader() : NetworkReader(
    "safetensors",
    new SafetensorsNetworkFormat(),
    [.. "\"F32\""u8],
    [.. "\"F64\""u8],
    [.. "\"U8\""u8],
    [.. "\"shape\""u8],
    [.. "\"dtype\""u8],
    [.. "\"data_offsets\""u8],
    [.. "__metadata__"u8],
    [.. "[]"u8],
    [.. "{}"u8],
    [.. ","u8],
    [.. "\"W1\":"u8],
    [.. "\"b2\":"u8],
    [.. "\\u0000"u8])
{
    /// <summary>The header's length follows the header, which most changes make longer or shorter.</summary>
    public override void Repair(byte[] file) => RepairHeader(file);

    /// <summary>Writes the length of the header that is there.</summary>
    public static void RepairHeader(byte[] file)
    {
        const int LengthSize = sizeof(ulong);
        int end = file.AsSpan().LastIndexOf("}}"u8) + 2;
        if (end > LengthSize)
        {
            end += file.AsSpan(end).IndexOfAnyExcept((byte)' ') is int spaces and >= 0 ? spaces : 0;
            BitConverter.TryWriteBytes(file, (ulong)(end - LengthSize));
        }
    }
}
