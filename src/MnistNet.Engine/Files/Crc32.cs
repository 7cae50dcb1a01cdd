using System.Buffers.Binary;

namespace MnistNet;

/// <summary>
/// The checksum of gzip members and PNG chunks: CRC-32 with the reflected polynomial EDB88320 (RFC 1952, section 8),
/// eight bytes at a time.
/// </summary>
internal struct Crc32()
{
    private const int Stride = sizeof(ulong);

    /// <summary>Entry [256·k + b] is the checksum of the byte b with k zero bytes after it.</summary>
    private static readonly uint[] s_table = MakeTable();

    private uint _register = uint.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => ~_register;

    /// <summary>Takes in bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint register = _register;
        for (; bytes.Length >= Stride; bytes = bytes[Stride..])
        {
            ulong next = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ register;
            register = 0;
            for (int k = Stride - 1; k >= 0; k--, next >>= 8)
            {
                register ^= s_table[(256 * k) + (byte)next];
            }
        }

        foreach (byte value in bytes)
        {
            register = s_table[(byte)(register ^ value)] ^ (register >> 8);
        }

        _register = register;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256 * Stride];
        for (uint value = 0; value < 256; value++)
        {
            uint entry = value;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ 0xEDB88320;
            }

            table[value] = entry;
        }

        for (int i = 256; i < table.Length; i++)
        {
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        }

        return table;
    }
}
