using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MnistNet;

/// <summary>
/// An idx file in memory: the format of MNIST, whose header of big-endian 32-bit numbers is a magic number (two zero
/// bytes, the type of the elements, the number of dimensions) and then the dimensions, followed by the elements
/// (Y. LeCun, "The MNIST database of handwritten digits", section "File formats").
/// </summary>
internal sealed class IdxFile
{
    private const int ImagesMagic = 0x0803;
    private const int LabelsMagic = 0x0801;
    private const int ExtendedLabelsMagic = 0x0C02;
    private const int ExtendedLabelColumns = 8;
    private const int BlockLength = 1 << 20;

    // A header alone never gets more than this; beyond it, memory grows as content really comes.
    private const int FirstAllocation = 64 << 20;

    private readonly byte[] _header;
    private readonly byte[] _content;

    private IdxFile(string path, byte[] header, byte[] content)
    {
        Path = path;
        _header = header;
        _content = content;
    }

    /// <summary>The file's path, or the address it came from.</summary>
    public string Path { get; }

    /// <summary>The number of images or labels.</summary>
    public int Count => Dimension(0);

    /// <summary>The height of an image.</summary>
    public int Rows => Dimension(1);

    /// <summary>The width of an image.</summary>
    public int Columns => Dimension(2);

    /// <summary>The grey levels of an idx3-ubyte file, image after image.</summary>
    public byte[] Pixels => _content;

    private int Magic => BinaryPrimitives.ReadInt32BigEndian(_header);

    /// <summary>Reads images: idx3-ubyte, count × rows × columns grey levels.</summary>
    /// <exception cref="DataFormatException">The content is not that.</exception>
    /// <exception cref="DataSourceException">The file cannot be read.</exception>
    public static IdxFile ReadImages(ContentReader reader, CancellationToken cancellation = default) =>
        Read(reader, "images", "idx3-ubyte, magic number 0x00000803", [ImagesMagic], cancellation);

    /// <summary>
    /// Reads labels: idx1-ubyte, or QMNIST's idx2-int with 8 columns of which the first is the class.
    /// </summary>
    /// <exception cref="DataFormatException">The content is not that.</exception>
    /// <exception cref="DataSourceException">The file cannot be read.</exception>
    public static IdxFile ReadLabels(ContentReader reader, CancellationToken cancellation = default) =>
        Read(reader, "labels",
            "idx1-ubyte, magic number 0x00000801, or idx2-int, "
            + "0x00000C02", [LabelsMagic, ExtendedLabelsMagic], cancellation);

    /// <summary>The labels, one byte each.</summary>
    /// <exception cref="DataFormatException">A label is not 0 to 9.</exception>
    public byte[] GetLabels()
    {
        if (Magic == LabelsMagic)
        {
            int wrong = _content.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(DigitSet.ClassCount - 1));
            return wrong < 0 ? _content : throw LabelError(wrong, _content[wrong]);
        }

        var labels = new byte[Count];
        for (int i = 0; i < labels.Length; i++)
        {
            int label = BinaryPrimitives.ReadInt32BigEndian(_content.AsSpan(i * ExtendedLabelColumns * sizeof(int)));
            labels[i] = (uint)label < DigitSet.ClassCount ? (byte)label : throw LabelError(i, label);
        }

        return labels;
    }

    /// <summary>SHA-256 of the raw content, header and elements, in hex.</summary>
    public string GetSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_header);
        hash.AppendData(_content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IdxFile Read(
        ContentReader reader, string what, string expected, ReadOnlySpan<int> magics, CancellationToken cancellation)
    {
        Span<byte> start = stackalloc byte[16];
        int length = reader.Read(start[..4]);
        int magic = length == 4 ? BinaryPrimitives.ReadInt32BigEndian(start) : -1;
        if (!magics.Contains(magic))
        {
            throw MagicError(reader, start[..length], magic, what, expected);
        }

        int dimensions = magic & 0xFF;
        length += reader.Read(start.Slice(4, dimensions * sizeof(int)));
        if (length < 4 + (dimensions * sizeof(int)))
        {
            throw new DataFormatException("IdxTruncated", reader.Path,
                $"the file ends within its header, after {length} bytes.");
        }

        var header = start[..length].ToArray();
        byte[] content = ReadContent(reader, RequirePlausibleLength(reader, header, what), cancellation);
        return new IdxFile(reader.Path, header, content);
    }

    private static int RequirePlausibleLength(ContentReader reader, ReadOnlySpan<byte> header, string what)
    {
        bool extended = BinaryPrimitives.ReadInt32BigEndian(header) == ExtendedLabelsMagic;
        ulong claimed = extended ? sizeof(int) : 1u;
        var sizes = new uint[(header.Length / sizeof(int)) - 1];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(header[((i + 1) * sizeof(int))..]);
            claimed = sizes[i] != 0 && claimed > ulong.MaxValue / sizes[i] ? ulong.MaxValue : claimed * sizes[i];
        }

        string shape = string.Join(
            " × ", sizes.Select(size => size.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)));
        if (claimed == 0)
        {
            throw new DataFormatException("IdxEmpty", reader.Path,
                $"its header says {shape}: there are no {what} in it.");
        }

        if (claimed > ContentReader.MaxBytes)
        {
            throw new DataFormatException("IdxTooLarge", reader.Path,
                $"its header claims {shape} {what}; more than {ContentReader.MaxBytes:N0} bytes are not read.");
        }

        if (extended && sizes[1] != ExtendedLabelColumns)
        {
            throw new DataFormatException("IdxWrongShape", reader.Path,
                $"its header says {shape}; extended labels have {ExtendedLabelColumns} columns, the class in the "
                + $"first.");
        }

        if ((long)claimed > reader.MaxLength - header.Length)
        {
            throw new DataFormatException("IdxTruncated", reader.Path,
                $"its header claims {shape} {what}, {claimed:N0} bytes, but a file of this size holds at most "
                + $"{Math.Max(0, reader.MaxLength - header.Length):N0}. It is cut off, or its header is wrong.");
        }

        return (int)claimed;
    }

    private static byte[] ReadContent(ContentReader reader, int claimed, CancellationToken cancellation)
    {
        byte[] content = GC.AllocateUninitializedArray<byte>(Math.Min(claimed, FirstAllocation));
        int length = 0;
        while (length < claimed)
        {
            cancellation.ThrowIfCancellationRequested();
            if (length == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min(claimed, 2L * length));
            }

            int wanted = Math.Min(BlockLength, content.Length - length);
            int read = reader.Read(content.AsSpan(length, wanted));
            length += read;
            if (read < wanted)
            {
                throw new DataFormatException("IdxTruncated", reader.Path,
                    $"its header claims {claimed:N0} bytes of content, but only {length:N0} are there. Get the file "
                    + $"anew.");
            }
        }

        Span<byte> beyond = stackalloc byte[1];
        return reader.Read(beyond) == 0
            ? content
            : throw new DataFormatException("IdxTooLong", reader.Path,
                $"there is more in it than the {claimed:N0} bytes that its header claims. Get the file anew.");
    }

    private static DataFormatException MagicError(
        ContentReader reader, ReadOnlySpan<byte> start, int magic, string what, string expected)
    {
        Span<byte> head = stackalloc byte[256];
        start.CopyTo(head);
        int length = start.Length + reader.Read(head[start.Length..]);
        if (HtmlContent.IsStartOf(head[..length]))
        {
            return HtmlContent.Error(reader.Path, $"an idx file of {what}");
        }

        string found = magic switch
        {
            _ when length == 0 => "the file is empty",
            ImagesMagic => "this idx file holds images",
            LabelsMagic or ExtendedLabelsMagic => "this idx file holds labels",
            _ => $"this is not an idx file: it begins with {Convert.ToHexString(start)}",
        };
        return new DataFormatException("IdxWrongMagic", reader.Path, $"{found}; expected {what} ({expected}).");
    }

    private DataFormatException LabelError(int position, int label) =>
        new("LabelOutOfRange", Path,
            $"label {position:N0} (counted from 0) is {label}; a label is 0 to {DigitSet.ClassCount - 1}.");

    private int Dimension(int index) => BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan((index + 1) * sizeof(int)));
}
