using System.IO.Compression;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Digits as arrays of NumPy: <c>images</c> (count × rows × columns) and <c>labels</c>, bytes; or, as Keras keeps
/// MNIST, both parts as <c>x_train</c>, <c>y_train</c>, <c>x_test</c>, <c>y_test</c>.
/// </summary>
internal sealed class DigitNpz
{
    private const string Images = "images", Labels = "labels";

    /// <summary>The names that images and labels go by, ours first.</summary>
    private static readonly (string Images, string Labels)[] s_names =
        [(Images, Labels), ("x", "y"), ("X", "y"), ("data", "target"), ("arr_0", "arr_1")];

    private readonly string _path;
    private readonly Dictionary<string, NpyArray> _arrays;

    private DigitNpz(string path, Dictionary<string, NpyArray> arrays)
    {
        _path = path;
        _arrays = arrays;
    }

    /// <summary>Whether an archive has a training set and a test set. Only its directory is read.</summary>
    /// <exception cref="DataFormatException">It is not a sound archive.</exception>
    /// <exception cref="DataSourceException">It cannot be read.</exception>
    public static bool HasParts(string path) => Open(path, stream =>
    {
        IReadOnlyList<string> names = NpzFile.ReadNames(stream, path);
        return names.Contains(ImagesOf(DatasetSplit.Train)) && names.Contains(ImagesOf(DatasetSplit.Test));
    });

    /// <summary>Reads an archive's arrays.</summary>
    /// <exception cref="DataFormatException">It is not a sound archive of arrays.</exception>
    /// <exception cref="DataSourceException">It cannot be read.</exception>
    public static DigitNpz Load(string path) => Open(path, stream => Read(stream, path));

    /// <summary>Reads an archive's arrays.</summary>
    /// <param name="stream">The archive, which can seek.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <exception cref="DataFormatException">It is not a sound archive of arrays.</exception>
    public static DigitNpz Read(Stream stream, string path) =>
        new(path, NpzFile.Read(stream, path, ContentReader.MaxBytes));

    /// <summary>Writes digits, deflated.</summary>
    public static void Write(Stream stream, DigitSet digits)
    {
        List<KeyValuePair<string, NpyArray>> arrays =
            [new(Images, NpyArray.Of(digits.Pixels, digits.Count, digits.Rows, digits.Columns))];
        if (digits.IsLabeled)
        {
            arrays.Add(new(Labels, NpyArray.Of(digits.Labels, digits.Count)));
        }

        NpzFile.Write(stream, arrays, CompressionLevel.Fastest);
    }

    /// <summary>The one set of an archive.</summary>
    /// <exception cref="DataFormatException">The arrays are not images and labels.</exception>
    public DigitSet ToSet(string name)
    {
        foreach ((string images, string labels) in s_names)
        {
            if (_arrays.ContainsKey(images))
            {
                return ToSet(name, images, labels);
            }
        }

        throw Missing($"{Images} and {Labels}");
    }

    /// <summary>One part of an archive of two.</summary>
    /// <exception cref="DataFormatException">The arrays are not images and labels, or not of this part.</exception>
    public DigitSet ToSet(string name, DatasetSplit split)
    {
        string images = ImagesOf(split), labels = split == DatasetSplit.Train ? "y_train" : "y_test";
        return _arrays.ContainsKey(images) ? ToSet(name, images, labels) : throw Missing($"{images} and {labels}");
    }

    private static string ImagesOf(DatasetSplit split) => split == DatasetSplit.Train ? "x_train" : "x_test";

    private static T Open<T>(string path, Func<Stream, T> read)
    {
        try
        {
            // A pipe has no length either, and opening one would wait for a writer.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                throw new DataFormatException("FileEmpty", path, "it is empty, or no ordinary file.");
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return read(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataSourceException("DataUnreadable", $"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private DigitSet ToSet(string name, string imagesName, string labelsName)
    {
        NpyArray images = _arrays[imagesName];
        (int count, int rows, int columns) = Sizes(imagesName, images);
        byte[] pixels = ToBytes(imagesName, images, byte.MaxValue, "a grey level, a whole number from 0 to 255");
        if (!_arrays.TryGetValue(labelsName, out NpyArray? array))
        {
            return new DigitSet(name, pixels, null, rows, columns);
        }

        if (array.Shape is not ([_] or [_, 1]))
        {
            throw Fail("NpzWrongShape",
                $"{labelsName} is {array.ShapeText}; expected one label a digit, {count:N0} in all.");
        }

        byte[] labels = ToBytes(labelsName, array, DigitSet.ClassCount - 1, "a label, 0 to 9");
        return labels.Length == count
            ? new DigitSet(name, pixels, labels, rows, columns)
            : throw Fail("CountsDiffer",
                Invariant($"{labelsName} holds {labels.Length:N0} labels, but {imagesName} {count:N0} images; ")
                    + "each image needs "
                    + "one label.");
    }

    /// <summary>Count × rows × columns, with a channel of 1 or without, or count × pixels of a square.</summary>
    private (int Count, int Rows, int Columns) Sizes(string name, NpyArray array)
    {
        (int, int, int)? sizes = array.Shape switch
        {
            [int count, int rows, int columns] => (count, rows, columns),
            [int count, int rows, int columns, 1] => (count, rows, columns),
            [int count, 1, int rows, int columns] => (count, rows, columns),
            [int count, int pixels] when (int)Math.Sqrt(pixels) is int side && side * side == pixels
                => (count, side, side),
            _ => null,
        };
        return sizes is ( > 0, > 0, > 0)
            ? sizes.Value
            : throw Fail("NpzWrongShape",
                $"{name} is {array.ShapeText}; expected images, count × rows × columns, at least one.");
    }

    private byte[] ToBytes(string name, NpyArray array, int highest, string expected)
    {
        byte[] bytes = array.Kind is NpyKind.Unsigned && array.Size == 1 ? array.Bytes : new byte[array.Count];
        bool isRead = ReferenceEquals(bytes, array.Bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            double value = isRead ? bytes[i] : array[i];
            if (!(value >= 0 && value <= highest) || value != (byte)value)
            {
                string remedy = array.Kind == NpyKind.Float && highest == byte.MaxValue
                    ? " Save (x * 255).round().astype('uint8') when they are from 0 to 1."
                    : "";
                throw Fail(
                    highest == byte.MaxValue ? "NpzNotGreyLevels" : "LabelOutOfRange",
                    string.Create(System.Globalization.CultureInfo.InvariantCulture,
                        $"number {i:N0} of {name} (counted from 0) is {value}; expected {expected}.{remedy}"));
            }

            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private DataFormatException Missing(string expected)
    {
        const int Enough = 12;
        string found = _arrays.Count == 0
            ? "nothing"
            : string.Join(", ", _arrays.Take(Enough).Select(array => $"{array.Key} {array.Value.ShapeText}"));
        return Fail("NpzNotDigits", $"found {found}; expected {expected}.");
    }

    private DataFormatException Fail(string errorId, string message) => new(errorId, _path, message);

    private DataFormatException Fail(string errorId, InvariantText message) => new(errorId, _path, message);
}
