using System.Buffers.Binary;

namespace MnistNet.Fuzz;

/// <summary>Zip archives of NumPy's arrays.</summary>
internal static class ZipArchives
{
    private const int LocalHeaderLength = 30, CentralHeaderLength = 46;

    public static byte[][] Words { get; } =
    [
        [.. "PK\u0001\u0002"u8], [.. "PK\u0003\u0004"u8], [0x93, .. "NUMPY"u8], [.. "'descr': '<f4'"u8],
        [.. "'<f2'"u8], [.. "'>f8'"u8], [.. "True"u8], [.. "(1, 2)"u8], [.. "(10,)"u8], [.. "(0,)"u8],
    ];

    /// <summary>Sets the checksum of every entry that is stored, not deflated.</summary>
    public static void Repair(byte[] file)
    {
        ReadOnlySpan<byte> signature = "PK\u0001\u0002"u8;
        for (int at = 0; at + CentralHeaderLength <= file.Length; at++)
        {
            Span<byte> central = file.AsSpan(at, CentralHeaderLength);
            if (!central.StartsWith(signature))
            {
                continue;
            }

            uint size = BinaryPrimitives.ReadUInt32LittleEndian(central[20..]);
            long local = BinaryPrimitives.ReadUInt32LittleEndian(central[42..]);
            if (local + LocalHeaderLength > file.Length)
            {
                continue;
            }

            int names = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)local + 26))
                + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)local + 28));
            long data = local + LocalHeaderLength + names;
            if (data + size <= file.Length && central[10] == 0)
            {
                var crc = new Crc32();
                crc.Append(file.AsSpan((int)data, (int)size));
                BinaryPrimitives.WriteUInt32LittleEndian(central[16..], crc.Value);
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan((int)local + 14), crc.Value);
            }
        }
    }
}
