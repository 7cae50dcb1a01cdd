using System.Buffers.Binary;
using System.Security.Cryptography;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// A set of images of one size with their labels, kept as bytes (47 MB for MNIST's 60,000). Immutable.
/// It is deliberately not enumerable: in a pipeline it stays one object.
/// </summary>
public sealed partial class DigitSet
{
    /// <summary>The number of classes: the digits 0 to 9.</summary>
    public const int ClassCount = 10;

    private readonly byte[] _pixels;
    private readonly byte[]? _labels;
    private string? _fingerprint;

    /// <summary>Takes over the arrays; the caller must not change them afterwards.</summary>
    /// <param name="name">What to call the set, such as <c>MNIST train</c>.</param>
    /// <param name="pixels">count × rows × columns grey levels, image after image, each row after row.</param>
    /// <param name="labels">One label from 0 to 9 an image, or null when there are none.</param>
    /// <param name="rows">The height of an image.</param>
    /// <param name="columns">The width of an image.</param>
    /// <param name="indexes">Each image's position in the set it was picked from; null for 0, 1, 2 ….</param>
    /// <exception cref="ShapeException">The lengths do not agree, or a label is over 9.</exception>
    public DigitSet(string name, byte[] pixels, byte[]? labels, int rows = 28, int columns = 28, int[]? indexes = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (rows <= 0 || columns <= 0)
        {
            throw new ShapeException($"An image needs at least one row and one column; found {rows}×{columns}.");
        }

        long size = (long)rows * columns;
        if (pixels.LongLength % size != 0)
        {
            throw new ShapeException(
                $"{pixels.LongLength:N0} grey levels do not make whole images of {rows}×{columns} = {size:N0}.");
        }

        Count = (int)(pixels.LongLength / size);
        if (labels is not null && labels.Length != Count)
        {
            throw new ShapeException($"{labels.Length:N0} labels for {Count:N0} images: each image needs one label.");
        }

        if (labels is not null && labels.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(ClassCount - 1)))
        {
            int at = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(ClassCount - 1));
            throw new ShapeException(
                $"The label of image {at:N0} is {labels[at]}; a digit's label is 0 to 9.", "LabelOutOfRange");
        }

        if (indexes is not null && indexes.Length != Count)
        {
            throw new ShapeException($"{indexes.Length:N0} indexes for {Count:N0} images.");
        }

        Name = name;
        _pixels = pixels;
        _labels = labels;
        Rows = rows;
        Columns = columns;
        Indexes = indexes;
    }

    /// <summary>What the set is called, such as <c>MNIST train</c>.</summary>
    public string Name { get; }

    /// <summary>The number of images, m in the formulas.</summary>
    public int Count { get; }

    /// <summary>The height of an image in pixels.</summary>
    public int Rows { get; }

    /// <summary>The width of an image in pixels.</summary>
    public int Columns { get; }

    /// <summary>The number of inputs an image gives to a network: rows × columns, 784 for MNIST.</summary>
    public int PixelCount => Rows * Columns;

    /// <summary>Whether every image has a label.</summary>
    public bool IsLabeled => _labels is not null;

    /// <summary>How many images there are of each class 0 to 9; empty without labels.</summary>
    public IReadOnlyList<int> LabelCounts
    {
        get
        {
            if (_labels is null)
            {
                return new RowList<int>([]);
            }

            var counts = new int[ClassCount];
            foreach (byte label in _labels)
            {
                counts[label]++;
            }

            return new RowList<int>(counts);
        }
    }

    /// <summary>All grey levels, image after image.</summary>
    internal ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>One label an image; empty without labels.</summary>
    internal ReadOnlySpan<byte> Labels => _labels;

    /// <summary>Each image's position in the set it was picked from; null for 0, 1, 2 ….</summary>
    internal int[]? Indexes { get; }

    /// <summary>The picture file that each image was read from; null for a set that came from none.</summary>
    internal string?[]? Sources { get; init; }

    /// <summary>The digit at a position, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public Digit this[int position]
    {
        get
        {
            if ((uint)position >= (uint)Count)
            {
                string range = Invariant($"{Name} has {Count:N0} digits, 0 to {Count - 1}.");
                throw new ArgumentOutOfRangeException(nameof(position), position, range);
            }

            return new Digit(
                IndexOf(position),
                _labels?[position],
                _pixels.AsSpan(position * PixelCount, PixelCount).ToArray(),
                Rows,
                Columns,
                Sources?[position],
                Name);
        }
    }

    /// <summary>The position that the image had in the set it was picked from.</summary>
    internal int IndexOf(int position) => Indexes is null ? position : Indexes[position];

    /// <summary>The labels, one an image.</summary>
    /// <exception cref="ShapeException">The set has no labels.</exception>
    public int[] GetLabels()
    {
        RequireLabels();
        return Array.ConvertAll(_labels!, label => (int)label);
    }

    /// <summary>
    /// X of the formulas: 784×m, one image a column, each flattened row after row and divided by 255, in float64.
    /// </summary>
    /// <exception cref="ShapeException">The set is empty.</exception>
    /// <exception cref="SettingException">The matrix would not fit into one array; take fewer images.</exception>
    public Matrix ToMatrix() => DigitMatrices.X(this);

    /// <summary>Y of the formulas: 10×m, one-hot: in each column a 1 in the row of the label and 0 elsewhere.</summary>
    /// <exception cref="ShapeException">The set is empty, or has no labels.</exception>
    public Matrix ToOneHot() => DigitMatrices.Y(this);

    /// <summary>
    /// SHA-256 over sizes, pixels and labels, in hex: two sets with the same fingerprint hold the same digits.
    /// </summary>
    public string GetFingerprint() => _fingerprint ??= ComputeFingerprint();

    /// <summary>Throws unless the set has labels.</summary>
    internal void RequireLabels()
    {
        if (_labels is null)
        {
            throw new ShapeException(
                $"{Name} has no labels; training and measuring need to know what each digit is.", "LabelsMissing");
        }
    }

    /// <summary>Such as <c>MNIST train (60,000 digits, 28×28)</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Name} ({Count:N0} digits, {Rows}×{Columns}{(IsLabeled ? "" : ", no labels")})");

    private string ComputeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(head, Count);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], Rows);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], Columns);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], IsLabeled ? 1 : 0);
        hash.AppendData(head);
        hash.AppendData(_pixels);
        hash.AppendData(Labels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
