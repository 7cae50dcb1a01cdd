using System.Text.RegularExpressions;

namespace MnistNet;

/// <summary>
/// Finds a dataset's files in a folder, under the names in circulation: with a dash or a dot before <c>idx</c>, with or
/// without <c>.gz</c>. A raw file goes before its gzip, since it is read faster.
/// </summary>
internal static partial class DataFolder
{
    /// <summary>The path of a known file in a folder; null when it is there under none of its names.</summary>
    public static string? Find(string folder, DatasetFile file) =>
        Spellings(file.Name).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>
    /// The files of one part in a folder that a user named: idx images and labels, or one CSV with both. The dataset's
    /// own names go first, then those of the others.
    /// </summary>
    /// <exception cref="DataSourceException">They are not there.</exception>
    public static (string Images, string? Labels) FindPart(
        string folder, DatasetDescriptor descriptor, DatasetSplit split)
    {
        RequireFolder(folder);
        foreach (DatasetDescriptor candidate in DatasetDescriptor.All.OrderByDescending(other => other == descriptor))
        {
            if (Find(folder, candidate.Images(split)) is string images)
            {
                DatasetFile expected = candidate.Labels(split);
                return (images, Find(folder, expected) ?? throw new DataSourceException("DataNotFound",
                    $"{folder} has {Path.GetFileName(images)}, but not its labels. Looked for {Listed(expected)}. To "
                    + $"read images alone, name that file as the path."));
            }
        }

        string csv = split == DatasetSplit.Train ? "train.csv" : "test.csv";
        if (WithGzip(csv).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is string table)
        {
            return (table, null);
        }

        throw new DataSourceException("DataNotFound",
            $"{folder} has no {(split == DatasetSplit.Train ? "training" : "test")} images. Looked for "
            + $"{Listed(descriptor.Images(split))}, and {csv} or {csv}.gz; found {Contents(folder)}.");
    }

    /// <summary>The labels that lie beside a single file of images; null when there are none.</summary>
    public static string? FindLabelsBeside(string images)
    {
        string name = Path.GetFileName(images);
        Match match = ImagesName().Match(name);
        if (!match.Success)
        {
            return null;
        }

        string stem = match.Groups["stem"].Value;
        return new[] { $"{stem}-labels-idx1-ubyte.gz", $"{stem}-labels-idx2-int.gz" }
            .SelectMany(Spellings)
            .Select(labels => Path.Combine(Path.GetDirectoryName(images) ?? "", labels))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// The images of the idx pair whose names begin with a path, which may end in .gz as they do; null when there are
    /// none.
    /// </summary>
    public static string? FindImagesOf(string stem)
    {
        const string Gzip = ".gz";
        string plain = stem.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase) ? stem[..^Gzip.Length] : stem;
        return Path.EndsInDirectorySeparator(stem)
            ? null
            : Spellings($"{plain}-images-idx3-ubyte{Gzip}").FirstOrDefault(File.Exists);
    }

    /// <summary>The sub-folder with a dataset's name, whatever its case and dashes; null when there is none.</summary>
    public static string? FindSubfolder(string folder, DatasetDescriptor descriptor) =>
        Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { IgnoreInaccessible = true })
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(path => Plain(Path.GetFileName(path)) == Plain(descriptor.Folder));

    /// <summary>Throws unless the folder exists.</summary>
    /// <exception cref="DataSourceException">It does not.</exception>
    public static void RequireFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataSourceException("DataNotFound",
                $"There is no folder or file {folder}. Name a folder with MNIST's files "
                + $"({DatasetDescriptor.Of(DatasetName.Mnist).TrainImages.Name} and its siblings), one such file, a "
                + $"Kaggle CSV, or an npz.");
        }
    }

    /// <summary>The names that a file was looked for under, for messages.</summary>
    public static string Listed(DatasetFile file) => string.Join(", ", Spellings(file.Name));

    private static string Contents(string folder)
    {
        const int Enough = 5;
        string[] names =
        [
            .. Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { IgnoreInaccessible = true })
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)
                .Take(Enough + 1),
        ];
        return names.Length == 0
            ? "nothing" : string.Join(", ", names.Take(Enough)) + (names.Length > Enough ? " and more" : "");
    }

    private static IEnumerable<string> Spellings(string gzipName)
    {
        string raw = gzipName[..^".gz".Length];
        return WithGzip(raw).Concat(WithGzip(raw.Replace("-idx", ".idx", StringComparison.Ordinal)));
    }

    private static string[] WithGzip(string name) => [name, name + ".gz"];

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    [GeneratedRegex(@"^(?<stem>.+)-images[-.]idx3-ubyte(\.gz)?$", RegexOptions.IgnoreCase)]
    private static partial Regex ImagesName();
}
