using System.IO.Compression;
using static System.FormattableString;

namespace MnistNet;

/// <summary>Saves digits to files.</summary>
public static class DigitFile
{
    private const string Gzip = ".gz";

    /// <summary>The ends of the names of an idx pair, in the two spellings in circulation.</summary>
    private static readonly (string Images, string Labels)[] s_idxEnds =
    [
        ("-images-idx3-ubyte", "-labels-idx1-ubyte"), ("-images.idx3-ubyte", "-labels.idx1-ubyte"),
    ];

    /// <summary>The format that a path's name means.</summary>
    /// <exception cref="SettingException">It means none.</exception>
    public static DigitFileFormat FormatOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        const string Remedy =
            "Name it with .png, .csv, .csv.gz or .npz, or give `Format` Idx for a pair of images and labels.";
        string name = WithoutGzip(path);
        if (Array.Exists(s_idxEnds, ends => name.EndsWith(ends.Images, StringComparison.OrdinalIgnoreCase)))
        {
            return DigitFileFormat.Idx;
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => DigitFileFormat.Png,
            ".NPZ" => DigitFileFormat.Npz,
            ".CSV" => DigitFileFormat.Csv,
            ".GZ" when Path.GetExtension(name).Equals(".csv", StringComparison.OrdinalIgnoreCase)
                => DigitFileFormat.Csv,
            "" => throw new SettingException(
                "Path", $"'{path}' has no extension, which decides the format. {Remedy}", "UnknownFormat"),
            var other => throw new SettingException(
                "Path",
                $"'{path}' has the extension {other.ToLowerInvariant()}, and digits are not saved in such a format. "
                    + Remedy,
                "UnknownFormat"),
        };
    }

    /// <summary>
    /// The files that a path stands for: itself, or of an idx pair that of the images and that of the labels, such as
    /// <c>x-images-idx3-ubyte</c> and <c>x-labels-idx1-ubyte</c> for <c>x</c>, each with .gz when the path has it.
    /// </summary>
    public static IReadOnlyList<string> FilesOf(string path, DigitFileFormat format)
    {
        if (format != DigitFileFormat.Idx)
        {
            return [path];
        }

        string stem = WithoutGzip(path), gzip = path[stem.Length..];
        foreach ((string images, string labels) in s_idxEnds)
        {
            if (stem.EndsWith(images, StringComparison.OrdinalIgnoreCase))
            {
                return [path, stem[..^images.Length] + labels + gzip];
            }
        }

        return [.. new[] { s_idxEnds[0].Images, s_idxEnds[0].Labels }.Select(end => stem + end + gzip)];
    }

    /// <summary>Saves single digits.</summary>
    /// <param name="digits">The digits, at least one.</param>
    /// <param name="path">The file, which is written as a whole or not at all.</param>
    /// <param name="format">Its format.</param>
    /// <param name="sheet">How a picture is laid out.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    /// <exception cref="ShapeException">The digits differ in size, or only some have labels.</exception>
    public static void Save(
        IReadOnlyList<Digit> digits,
        string path,
        DigitFileFormat format,
        DigitSheetOptions? sheet = null,
        bool overwrite = true,
        bool overwriteReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (format == DigitFileFormat.Png)
        {
            GreyImage image = DigitSheet.Draw(digits, sheet ?? new DigitSheetOptions());
            AtomicFile.Write(path, stream => PngWriter.Write(stream, image), overwrite, overwriteReadOnly);
            return;
        }

        int unlabeled = digits.Count(digit => digit.Label is null);
        if (unlabeled > 0 && unlabeled < digits.Count)
        {
            throw new ShapeException(
                Invariant($"{unlabeled:N0} of {digits.Count:N0} digits have no label; ")
                    + "a file holds labels for all of its digits "
                    + "or for none. Give those theirs, or save them apart.",
                "LabelsIncomplete");
        }

        Save(DigitSet.FromDigits(digits), path, format, sheet, overwrite, overwriteReadOnly);
    }

    /// <summary>Saves a set of digits.</summary>
    /// <param name="digits">The set.</param>
    /// <param name="path">The file, which is written as a whole or not at all; see <see cref="FilesOf"/>.</param>
    /// <param name="format">Its format.</param>
    /// <param name="sheet">How a picture is laid out.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    public static void Save(
        DigitSet digits,
        string path,
        DigitFileFormat format,
        DigitSheetOptions? sheet = null,
        bool overwrite = true,
        bool overwriteReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(digits);
        switch (format)
        {
            case DigitFileFormat.Png:
                Digit[] all = [.. Enumerable.Range(0, digits.Count).Select(position => digits[position])];
                Save(all, path, format, sheet, overwrite, overwriteReadOnly);
                break;
            case DigitFileFormat.Idx:
                SavePair(digits, FilesOf(path, format), Write);
                break;
            case DigitFileFormat.Csv:
                KaggleCsvWriter.RequireSize(digits);
                Write(path, stream => KaggleCsvWriter.Write(stream, digits));
                break;
            case DigitFileFormat.Npz:
                AtomicFile.Write(path, stream => DigitNpz.Write(stream, digits), overwrite, overwriteReadOnly);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }

        void Write(string file, Action<Stream> write) =>
            AtomicFile.Write(file, stream => WriteGzipped(file, stream, write), overwrite, overwriteReadOnly);
    }

    /// <summary>
    /// Both files are whole beside their targets before either takes its name: whatever fails, the older pair stays.
    /// </summary>
    private static void SavePair(DigitSet digits, IReadOnlyList<string> files, Action<string, Action<Stream>> write)
    {
        if (digits.IsLabeled)
        {
            write(files[1], labels =>
            {
                IdxWriter.WriteLabels(labels, digits);
                labels.Flush();
                write(files[0], images => IdxWriter.WriteImages(images, digits));
            });
            return;
        }

        if (File.Exists(files[1]))
        {
            throw new SettingException(
                "Path",
                $"The digits have no labels, but {files[1]} is there and would be taken for theirs. Remove it, "
                    + "or choose another name.",
                "LabelsBeside");
        }

        write(files[0], images => IdxWriter.WriteImages(images, digits));
    }

    private static void WriteGzipped(string path, Stream stream, Action<Stream> write)
    {
        if (!path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase))
        {
            write(stream);
            return;
        }

        using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        write(gzip);
    }

    private static string WithoutGzip(string path) =>
        path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase) ? path[..^Gzip.Length] : path;
}
