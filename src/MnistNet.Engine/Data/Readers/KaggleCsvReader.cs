using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Reads the tables of Kaggle's "Digit Recognizer": a header <c>label,pixel0,…,pixel783</c> and a row an image, or the
/// same without the label. Names other than <c>label</c> do not matter, and a file without a header is read too.
/// </summary>
internal sealed class KaggleCsvReader
{
    private const int Side = 28;
    private const int PixelCount = Side * Side;

    // A row of 785 numbers of three digits takes 3,139 bytes.
    private const int LongestLine = 1 << 16;

    private readonly ContentReader _content;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start;
    private int _end;
    private bool _atEnd;
    private int _line;
    private bool _isLabeled;

    private KaggleCsvReader(ContentReader content, CancellationToken cancellation)
    {
        _content = content;
        _cancellation = cancellation;
    }

    private int ColumnCount => _isLabeled ? PixelCount + 1 : PixelCount;

    /// <summary>Reads a table, gzipped or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call the set.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataFormatException">The content is not such a table; the message has the line and the
    /// column.</exception>
    /// <exception cref="DataSourceException">The file cannot be read.</exception>
    public static DigitSet Read(string path, string name, CancellationToken cancellation = default)
    {
        using ContentReader content = ContentReader.Open(path);
        return Read(content, name, cancellation);
    }

    /// <summary>Reads a table that was opened already.</summary>
    /// <inheritdoc cref="Read(string, string, CancellationToken)" path="/exception"/>
    public static DigitSet Read(ContentReader content, string name, CancellationToken cancellation = default)
        => new KaggleCsvReader(content, cancellation).Read(name);

    private DigitSet Read(string name)
    {
        Fill();
        if (HtmlContent.IsStartOf(_buffer.AsSpan(0, _end)))
        {
            throw HtmlContent.Error(_content.Path, "a CSV table of digits");
        }

        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
        {
            _start = Encoding.UTF8.Preamble.Length;
        }

        if (!TryReadLine(out ReadOnlySpan<byte> line))
        {
            throw Error("CsvEmpty", 1, 1,
                "the file is empty; expected a header of label,pixel0,…,pixel783, or of the pixels alone.");
        }

        bool hasRow = !IsHeader(line) || TryReadLine(out line);
        if (!hasRow)
        {
            throw Error("CsvEmpty", _line, 1, "there is a header, but no row after it.");
        }

        byte[] pixels = new byte[1024 * PixelCount];
        byte[] labels = new byte[1024];
        int count = 0;
        for (; hasRow; hasRow = TryReadLine(out line))
        {
            if (count == labels.Length)
            {
                int room = Math.Min(2 * count, ContentReader.MaxBytes / PixelCount);
                if (room == count)
                {
                    throw Error(
                        "CsvTooLarge", _line, 1, Invariant($"there are more than {count:N0} rows; more are not read."));
                }

                Array.Resize(ref pixels, room * PixelCount);
                Array.Resize(ref labels, room);
            }

            ParseRow(line, pixels.AsSpan(count * PixelCount, PixelCount), ref labels[count]);
            count++;
        }

        Array.Resize(ref pixels, count * PixelCount);
        Array.Resize(ref labels, count);
        return new DigitSet(name, pixels, _isLabeled ? labels : null, Side, Side);
    }

    /// <summary>
    /// Whether the first line has names, not numbers. Either way it decides whether there are labels.
    /// </summary>
    private bool IsHeader(ReadOnlySpan<byte> line)
    {
        string[] names = Array.ConvertAll(Encoding.UTF8.GetString(line).Split(','), field => field.Trim().Trim('"'));
        bool isHeader = names[0].Length == 0 || !names[0].All(char.IsAsciiDigit);
        _isLabeled =
            isHeader ? names[0].Equals("label", StringComparison.OrdinalIgnoreCase) : names.Length > PixelCount;
        if (names.Length == ColumnCount)
        {
            return isHeader;
        }

        throw Error(
            "CsvWrongColumns",
            _line,
            Math.Min(names.Length, ColumnCount) + 1,
            string.Create(
                CultureInfo.InvariantCulture,
                $"there are {names.Length:N0} columns, the first of them "
                + $"{Shown(line[..Math.Max(0, line.IndexOf((byte)','))])}; expected label,pixel0,…,pixel783 "
                + $"({PixelCount + 1}), or pixel0,…,pixel783 ({PixelCount}) for digits without labels."));
    }

    private void ParseRow(ReadOnlySpan<byte> line, Span<byte> pixels, ref byte label)
    {
        int position = 0;
        int firstPixel = ColumnCount - PixelCount;
        for (int column = 0; column < ColumnCount; column++)
        {
            if (position > line.Length)
            {
                throw Error(
                    "CsvMissingColumn",
                    _line,
                    column + 1,
                    Invariant(
                        $"the row ends after {column:N0} of {ColumnCount} columns; {ColumnName(column)} is missing."));
            }

            int limit = column < firstPixel ? DigitSet.ClassCount - 1 : byte.MaxValue;
            int begin = position;
            int value = 0;
            while (position < line.Length && (uint)(line[position] - '0') <= 9 && position - begin < 3)
            {
                value = (value * 10) + line[position] - '0';
                position++;
            }

            if (position == begin || value > limit || (position < line.Length && line[position] != ','))
            {
                value = ParseUnusualField(line[begin..], column, limit, out int length);
                position = begin + length;
            }

            if (column < firstPixel)
            {
                label = (byte)value;
            }
            else
            {
                pixels[column - firstPixel] = (byte)value;
            }

            position++;
        }

        if (position <= line.Length)
        {
            throw Error("CsvExtraColumn", _line, ColumnCount + 1, $"the row goes on after its {ColumnCount} columns.");
        }
    }

    /// <summary>A field that is quoted, has zeros in front, or is wrong.</summary>
    private int ParseUnusualField(ReadOnlySpan<byte> rest, int column, int limit, out int length)
    {
        int comma = rest.IndexOf((byte)',');
        length = comma < 0 ? rest.Length : comma;
        ReadOnlySpan<byte> field = rest[..length];
        ReadOnlySpan<byte> digits = field;
        if (digits.Length >= 2 && digits[0] == '"' && digits[^1] == '"')
        {
            digits = digits[1..^1];
        }

        bool isNumber = digits.Length > 0 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits.TrimStart((byte)'0');
        if (isNumber && digits.Length <= 3)
        {
            int value = digits.Length == 0 ? 0 : int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
            if (value <= limit)
            {
                return value;
            }
        }

        string found = field.Length == 0 ? "nothing" : Shown(field);
        throw Error(isNumber ? "CsvOutOfRange" : "CsvNotANumber", _line, column + 1,
            $"found {found} for {ColumnName(column)}; expected a whole number from 0 to {limit}.");
    }

    /// <summary>The next line that is not empty, without its end.</summary>
    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        do
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length < 0 && !_atEnd)
            {
                Fill();
                length = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            }

            _line++;
            if (length < 0 && !_atEnd)
            {
                throw Error(
                    "CsvLineTooLong",
                    _line,
                    1,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the line is longer than {LongestLine:N0} bytes; a row of {PixelCount + 1} numbers has at "
                        + $"most 3,139."));
            }

            bool isLast = length < 0;
            if (isLast && _start == _end)
            {
                line = default;
                return false;
            }

            line = _buffer.AsSpan(_start, isLast ? _end - _start : length).TrimEnd((byte)'\r');
            _start = isLast ? _end : _start + length + 1;
        }
        while (line.IsEmpty);

        return true;
    }

    /// <summary>Moves what is left to the front and fills up the buffer.</summary>
    private void Fill()
    {
        _cancellation.ThrowIfCancellationRequested();
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        _end += _content.Read(_buffer.AsSpan(_end));
        _atEnd = _end < _buffer.Length;
    }

    private string ColumnName(int column) =>
        column < ColumnCount - PixelCount ? "label" : $"pixel{column - (ColumnCount - PixelCount)}";

    private static string Shown(ReadOnlySpan<byte> field)
    {
        string text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 20)]);
        return $"'{string.Concat(text.Select(c => char.IsControl(c) ? '?' : c))}{(field.Length > 20 ? "…" : "")}'";
    }

    private DataFormatException Error(string errorId, int line, int column, string message) =>
        new(errorId, _content.Path, $"line {line}, column {column}: {message}");
}
