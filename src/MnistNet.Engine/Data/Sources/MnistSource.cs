namespace MnistNet;

/// <summary>
/// Loads MNIST and its relatives: from a path, or from the first of these that has them: the folder of the environment
/// variable <see cref="MnistSourceOptions.FolderVariable"/>, the user's cache, the mirrors. What comes without a path
/// is verified: MNIST's own files by their SHA-256, the others by their shape and their classes.
/// </summary>
public static class MnistSource
{
    /// <summary>Loads both parts of a dataset.</summary>
    /// <exception cref="DataFormatException">A file's content is not what it should be.</exception>
    /// <exception cref="DataSourceException">The data could not be found, read or fetched.</exception>
    /// <exception cref="SettingException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The loading was cancelled.</exception>
    public static MnistDataset Load(MnistSourceOptions options, CancellationToken cancellation = default)
    {
        (DigitSet[] sets, string source) = LoadParts(options, [DatasetSplit.Train, DatasetSplit.Test], cancellation);
        return new MnistDataset(DatasetDescriptor.Of(options.Dataset).Title, sets[0], sets[1], source);
    }

    /// <summary>Loads one part of a dataset; the files of the other are not touched.</summary>
    /// <exception cref="DataFormatException">A file's content is not what it should be.</exception>
    /// <exception cref="DataSourceException">The data could not be found, read or fetched.</exception>
    /// <exception cref="SettingException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The loading was cancelled.</exception>
    public static DigitSet LoadSplit(
        MnistSourceOptions options, DatasetSplit split, CancellationToken cancellation = default) =>
        LoadParts(options, [split], cancellation).Sets[0];

    /// <summary>
    /// Whether a path is a single set: a file, unless it is an archive of a training set and a test set, or the stem
    /// that the names of an idx pair have in common.
    /// </summary>
    /// <exception cref="DataFormatException">The file is not a sound archive.</exception>
    /// <exception cref="DataSourceException">The file cannot be read.</exception>
    public static bool IsSingleSet(string path) => File.Exists(path)
        ? !IsArchive(path) || !DigitNpz.HasParts(path)
        : !Directory.Exists(path) && DataFolder.FindImagesOf(path) is not null;

    /// <summary>
    /// Loads the single set of <see cref="MnistSourceOptions.Path"/>: idx images, with their labels when these lie
    /// beside them under the usual name, a Kaggle CSV, or arrays of NumPy. The set bears the file's name.
    /// </summary>
    /// <exception cref="DataFormatException">A file's content is not what it should be.</exception>
    /// <exception cref="DataSourceException">The file could not be found or read.</exception>
    /// <exception cref="SettingException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The loading was cancelled.</exception>
    public static DigitSet LoadFile(MnistSourceOptions options, CancellationToken cancellation = default)
    {
        RequireSettings(options);
        ArgumentNullException.ThrowIfNull(options.Path);
        string path = Path.GetFullPath(options.Path), name = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            if (Directory.Exists(path) || DataFolder.FindImagesOf(path) is not string images)
            {
                DataFolder.RequireFolder(path);
                throw new SettingException("Path", $"{path} is a folder; a single file was expected.");
            }

            path = images;
        }

        if (IsArchive(path))
        {
            return First(options, DigitNpz.Load(path).ToSet(name));
        }

        if (IsTable(path))
        {
            return First(options, KaggleCsvReader.Read(path, name, cancellation));
        }

        string? labels = DataFolder.FindLabelsBeside(path);
        options.Log?.Invoke(labels is null ?
            $"No labels lie beside {path}: its digits have none." : $"Its labels are in {labels}.");
        return First(options, ReadUnknown(name, path, labels, cancellation));
    }

    private static (DigitSet[] Sets, string Source) LoadParts(
        MnistSourceOptions options, DatasetSplit[] splits, CancellationToken cancellation)
    {
        RequireSettings(options);
        DatasetDescriptor descriptor = DatasetDescriptor.Of(options.Dataset);
        (DigitSet[] sets, string source) = options.Path is null
            ? LoadKnown(options, descriptor, splits, cancellation)
            : LoadFolder(options, Path.GetFullPath(options.Path), descriptor, splits, cancellation);
        return (Array.ConvertAll(sets, set => First(options, set)), source);
    }

    /// <summary>A folder that the user named: whatever is in it.</summary>
    private static (DigitSet[] Sets, string Source) LoadFolder(
        MnistSourceOptions options,
        string folder,
        DatasetDescriptor descriptor,
        DatasetSplit[] splits,
        CancellationToken cancellation)
    {
        if (File.Exists(folder))
        {
            if (IsArchive(folder) && DigitNpz.HasParts(folder))
            {
                DigitNpz archive = DigitNpz.Load(folder);
                return (Array.ConvertAll(splits, split => archive.ToSet(descriptor.SetName(split), split)), folder);
            }

            throw new SettingException("Path",
                $"{folder} is a single file and so a single set; name its folder to load a dataset or a part of it.");
        }

        (string Images, string? Labels)[] files = Array.ConvertAll(
            splits, split => DataFolder.FindPart(folder, descriptor, split));
        DigitSet[] sets =
            ParallelReads.Run(splits.Zip(files, (split, pair) => (Func<DigitSet>)(() => IsTable(pair.Images)
            ? KaggleCsvReader.Read(pair.Images, descriptor.SetName(split), cancellation)
            : ReadUnknown(descriptor.SetName(split), pair.Images, pair.Labels, cancellation))));
        foreach ((string images, string? labels) in files)
        {
            options.Log?.Invoke(labels is null ? $"Read {images}." : $"Read {images} and {Path.GetFileName(labels)}.");
        }

        return (sets, folder);
    }

    /// <summary>
    /// A dataset whose files are known: from the folder of the environment variable, the cache or the mirrors.
    /// </summary>
    private static (DigitSet[] Sets, string Source) LoadKnown(
        MnistSourceOptions options, DatasetDescriptor descriptor, DatasetSplit[] splits, CancellationToken cancellation)
    {
        DatasetFile[] files =
            [.. splits.SelectMany(split => new[] { descriptor.Images(split), descriptor.Labels(split) })];
        var store = new DatasetStore(options, descriptor);
        (IdxFile[] read, string source) = store.Read(files, cancellation);
        DigitSet[] sets =
        [
            .. splits.Select((split, i) => ToSet(
                descriptor.SetName(split), read[2 * i], read[(2 * i) + 1].GetLabels(), read[(2 * i) + 1].Path)),
        ];
        return (sets, source);
    }

    private static DigitSet ReadUnknown(
        string name, string imagesPath, string? labelsPath, CancellationToken cancellation)
    {
        using ContentReader imagesReader = ContentReader.Open(imagesPath);
        IdxFile images = IdxFile.ReadImages(imagesReader, cancellation);
        if (labelsPath is null)
        {
            return ToSet(name, images, labels: null, labelsPath);
        }

        using ContentReader labelsReader = ContentReader.Open(labelsPath);
        return ToSet(name, images, IdxFile.ReadLabels(labelsReader, cancellation).GetLabels(), labelsPath);
    }

    private static DigitSet ToSet(string name, IdxFile images, byte[]? labels, string? labelsPath) =>
        labels is null || labels.Length == images.Count
            ? new DigitSet(name, images.Pixels, labels, images.Rows, images.Columns)
            : throw new DataFormatException("CountsDiffer", labelsPath!,
                $"it holds {labels.Length:N0} labels, but {images.Path} holds {images.Count:N0} images; each image "
                + $"needs one label.");

    private static DigitSet First(MnistSourceOptions options, DigitSet set) =>
        options.Count is int count ? set.Take(count) : set;

    private static bool IsArchive(string path) => path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    private static bool IsTable(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(
            ".csv.gz", StringComparison.OrdinalIgnoreCase);

    private static void RequireSettings(MnistSourceOptions options)
    {
        if (options.Count is < 1)
        {
            throw new SettingException("Count",
                $"Count is {options.Count}; take at least 1 image, or leave it out to take all.");
        }

        if (options.Path is not null && string.IsNullOrWhiteSpace(options.Path))
        {
            throw new SettingException("Path", "The path is empty; name a folder or a file, or leave it out.");
        }

        if (options.Mirrors.FirstOrDefault(mirror => !WebAddress.IsUsable(mirror)) is Uri wrong)
        {
            throw new SettingException(
                "Source",
                $"{WebAddress.Shown(wrong)} is not an address to download from; it begins with http:// or https:// and "
                    + $"names "
                + $"the folder of the files.");
        }
    }
}
