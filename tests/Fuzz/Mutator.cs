using System.Buffers.Binary;

namespace MnistNet.Fuzz;

/// <summary>Changes files. The same seed makes the same changes.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words)
{
    /// <summary>Numbers at which sizes and counts turn over.</summary>
    private static readonly long[] Edges =
    [
        0, 1, -1, 2, 9, 10, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue,
        uint.MaxValue,
        1L << 31, 1L << 32, 1L << 53, long.MaxValue, long.MinValue,
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "00", "1e999", "-1e999", "1e-999", "NaN", "Infinity", "-Infinity", "4294967296",
        "-9223372036854775808", "256",
        "2147483648", "0,5", "1 000", "1.", ".5", "0x10", "9007199254740993", "null", "true", "",
    ];

    /// <summary>A changed file: one to eight changes, most often few.</summary>
    /// <param name="file">The file to begin with.</param>
    /// <param name="other">Another, of which parts may be taken.</param>
    /// <param name="longest">The file never grows beyond this.</param>
    public byte[] Change(byte[] file, byte[] other, int longest)
    {
        List<byte> bytes = [.. file];
        for (int changes = random.Next(4) == 0 ? 8 : 1; changes > 0; changes = random.Next(changes))
        {
            Change(bytes, other);
        }

        return bytes.Count <= longest ? [.. bytes] : [.. bytes.Take(longest)];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        int at = Place(bytes.Count);
        switch (random.Next(11))
        {
            case 0 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, Length()));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), Length()));
                break;
            case 5:
                bytes.InsertRange(Place(bytes.Count), bytes.GetRange(at, Math.Min(bytes.Count - at, Length())));
                break;
            case 6:
                Overwrite(bytes, at, Edge());
                break;
            case 7 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + Length())]);
                break;
            case 8 when words.Count > 0:
                byte[] word = words[random.Next(words.Count)];
                if (random.Next(2) == 0)
                {
                    bytes.InsertRange(at, word);
                }
                else
                {
                    Overwrite(bytes, at, word);
                }

                break;
            case 9:
                ReplaceNumber(bytes, at);
                break;
            default:
                Swap(bytes, at, Place(bytes.Count), Length());
                break;
        }
    }

    /// <summary>
    /// A place in the file: half of the time near its beginning, where headers are, and sometimes near its end.
    /// </summary>
    private int Place(int count) => random.Next(8) switch
    {
        < 4 => random.Next(Math.Min(count, 64) + 1) is int near && near < count ? near : Math.Max(0, count - 1),
        4 => Math.Max(0, count - 1 - random.Next(Math.Min(count, 48) + 1)),
        _ => count == 0 ? 0 : random.Next(count),
    };

    private int Length() => 1 << random.Next(7);

    private byte[] Edge()
    {
        var bytes = new byte[sizeof(long)];
        long value = Edges[random.Next(Edges.Length)];
        int size = 1 << random.Next(4);
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            return bytes[..size];
        }

        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes[^size..];
    }

    /// <summary>Puts another number in the place of one written in digits.</summary>
    private void ReplaceNumber(List<byte> bytes, int at)
    {
        int start = bytes.FindIndex(at, IsDigit);
        if (start < 0)
        {
            return;
        }

        int end = bytes.FindIndex(start, value => !IsDigit(value));
        bytes.RemoveRange(start, (end < 0 ? bytes.Count : end) - start);
        string number =
            random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : $"{random.NextInt64(1L << random.Next(63))}";
        bytes.InsertRange(start, System.Text.Encoding.ASCII.GetBytes(number));

        static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (int i = 0; i < with.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = with[i];
        }
    }

    private static void Swap(List<byte> bytes, int left, int right, int length)
    {
        for (int i = 0; i < length && Math.Max(left, right) + i < bytes.Count; i++)
        {
            (bytes[left + i], bytes[right + i]) = (bytes[right + i], bytes[left + i]);
        }
    }
}
