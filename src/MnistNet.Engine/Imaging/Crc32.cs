namespace MnistNet;

/// <summary>The checksum of PNG chunks: CRC-32 with the reflected polynomial EDB88320 (PNG specification, annex D).</summary>
internal struct Crc32()
{
    private static readonly uint[] s_table = MakeTable();

    private uint _register = uint.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => ~_register;

    /// <summary>Takes in bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint register = _register;
        foreach (byte value in bytes)
        {
            register = s_table[(byte)(register ^ value)] ^ (register >> 8);
        }

        _register = register;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ 0xEDB88320;
            }

            table[i] = entry;
        }

        return table;
    }
}
