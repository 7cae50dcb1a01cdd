using System.Globalization;
using System.Text;

namespace MnistNet;

/// <summary>
/// The header of an npy file: a Python dictionary with the type of the numbers, their order and their shape.
/// Source of the format: NumPy's documentation, numpy.lib.format, versions 1.0, 2.0 and 3.0.
/// </summary>
/// <param name="Kind">The kind of number.</param>
/// <param name="Size">The bytes of one number.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
/// <param name="IsFortranOrder">Whether columns follow each other instead of rows.</param>
/// <param name="Shape">The size of each dimension.</param>
internal sealed record NpyHeader(NpyKind Kind, int Size, bool IsBigEndian, bool IsFortranOrder, int[] Shape)
{
    /// <summary>An array of three dimensions has about 80 characters of header; more than this is not one.</summary>
    internal const int MaximumLength = 1 << 16;

    private const int MaximumDimensions = 8;

    /// <summary>What every npy file begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The number of numbers; never more than an array of bytes can hold.</summary>
    internal long Count => Shape.Aggregate(1L, (count, size) => count * size);

    /// <summary>Reads the dictionary.</summary>
    /// <param name="text">The header's text.</param>
    /// <param name="name">What is read, for messages.</param>
    /// <exception cref="DataFormatException">The text is not such a dictionary, or of numbers that are not
    /// read.</exception>
    internal static NpyHeader Parse(string text, string name) => new Parser(text, name).Read();

    /// <summary>The bytes before the numbers, padded so that these begin at a multiple of 64 bytes.</summary>
    internal static byte[] Compose(NpyArray array)
    {
        string shape = string.Concat(array.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture) + ", "));
        char endian = array.Size == 1 ? '|' : '<';
        string text =
            $"{{'descr': '{endian}{array.TypeText}', 'fortran_order': False, 'shape': ({shape.TrimEnd()}), }}";
        const int start = 10, alignment = 64;
        int length = ((start + text.Length + alignment) / alignment * alignment) - start;
        byte[] header =
        [
            .. Magic, 1, 0, (byte)length, (byte)(length >> 8),
            .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n',
        ];
        return header;
    }

    /// <summary>
    /// Reads the few forms of Python that a header has: a dictionary of strings, booleans and tuples.
    /// </summary>
    private sealed class Parser(string text, string name)
    {
        private int _at;

        public NpyHeader Read()
        {
            string? descr = null;
            bool? fortran = null;
            int[]? shape = null;
            Take('{');
            while (!TryTake('}'))
            {
                string key = ReadString();
                Take(':');
                switch (key)
                {
                    case "descr" when descr is null:
                        descr = ReadDescription();
                        break;
                    case "fortran_order" when fortran is null:
                        fortran = ReadBoolean();
                        break;
                    case "shape" when shape is null:
                        shape = ReadShape();
                        break;
                    default:
                        throw Fail($"it has the key '{key}' twice, or one that headers do not have");
                }

                if (!TryTake(','))
                {
                    Take('}');
                    break;
                }
            }

            SkipSpace();
            if (_at != text.Length)
            {
                throw Fail("something follows its dictionary");
            }

            return descr is null || fortran is null || shape is null
                ? throw Fail("it lacks one of descr, fortran_order and shape")
                : Describe(descr, fortran.Value, shape);
        }

        private NpyHeader Describe(string descr, bool fortran, int[] shape)
        {
            if (descr.Contains('O', StringComparison.Ordinal))
            {
                throw new DataFormatException(
                    "NpyObjects",
                    name,
                    "it holds Python objects (a pickle), which could run any program when read; they are never read. "
                        + "Save plain numbers, for example with numpy.asarray(x, dtype=numpy.float32).");
            }

            NpyKind? kind = descr.Length == 3
                ? descr[1] switch
                {
                    'b' => NpyKind.Boolean,
                    'i' => NpyKind.Signed,
                    'u' => NpyKind.Unsigned,
                    'f' => NpyKind.Float,
                    _ => null,
                }
                : null;
            int size = kind is null ? 0 : descr[2] - '0';
            bool isSize = kind switch
            {
                NpyKind.Boolean => size == 1,
                NpyKind.Float => size is 2 or 4 or 8,
                _ => size is 1 or 2 or 4 or 8,
            };
            if (kind is null || !isSize || descr[0] is not ('<' or '>' or '|' or '='))
            {
                throw new DataFormatException(
                    "NpyTypeUnsupported",
                    name,
                    $"its numbers are of the type '{descr}'; expected whole numbers or floats of up to 8 bytes.");
            }

            return new NpyHeader(kind.Value, size, descr[0] == '>', fortran, shape);
        }

        private string ReadDescription()
        {
            SkipSpace();
            return _at < text.Length && text[_at] == '['
                ? throw new DataFormatException(
                    "NpyTypeUnsupported", name, "its entries are records of several fields; expected plain numbers.")
                : ReadString();
        }

        private int[] ReadShape()
        {
            var sizes = new List<int>();
            long bytes = sizeof(double);
            Take('(');
            while (!TryTake(')'))
            {
                int size = ReadSize();
                bytes *= Math.Max(size, 1);
                sizes.Add(size);
                if (bytes > Array.MaxLength || sizes.Count > MaximumDimensions)
                {
                    throw Fail(
                        $"it tells of more numbers or dimensions than can be held (at most {MaximumDimensions})");
                }

                if (!TryTake(','))
                {
                    Take(')');
                    break;
                }
            }

            return [.. sizes];
        }

        private int ReadSize()
        {
            SkipSpace();
            int start = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            {
                _at++;
            }

            return int.TryParse(
                text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
                ? size
                : throw Fail("its shape is not a tuple of sizes");
        }

        private bool ReadBoolean()
        {
            SkipSpace();
            foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
            {
                if (text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
                {
                    _at += word.Length;
                    return value;
                }
            }

            throw Fail("fortran_order is neither True nor False");
        }

        private string ReadString()
        {
            SkipSpace();
            if (_at >= text.Length || text[_at] is not ('\'' or '"'))
            {
                throw Fail("a text in quotes is missing");
            }

            int end = text.IndexOf(text[_at], _at + 1);
            string value = end < 0 ? throw Fail("a quote is not closed") : text[(_at + 1)..end];
            _at = end + 1;
            return value;
        }

        private void Take(char expected)
        {
            if (!TryTake(expected))
            {
                throw Fail($"'{expected}' is missing");
            }
        }

        private bool TryTake(char expected)
        {
            SkipSpace();
            bool isThere = _at < text.Length && text[_at] == expected;
            _at += isThere ? 1 : 0;
            return isThere;
        }

        private void SkipSpace()
        {
            while (_at < text.Length && text[_at] is ' ' or '\n' or '\r' or '\t')
            {
                _at++;
            }
        }

        private DataFormatException Fail(string fault) => new(
            "NpyHeaderInvalid", name, $"its header is not the Python dictionary that npy files have: {fault}.");
    }
}
