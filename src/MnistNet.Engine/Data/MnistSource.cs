namespace MnistNet;

/// <summary>
/// Loads MNIST and its relatives: from a path, or from the first of these that has them: the folder of the environment
/// variable <see cref="MnistSourceOptions.FolderVariable"/>, the user's cache, a download into that cache.
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
    public static DigitSet LoadSplit(MnistSourceOptions options, DatasetSplit split, CancellationToken cancellation = default) =>
        LoadParts(options, [split], cancellation).Sets[0];

    /// <summary>
    /// Loads the single file of <see cref="MnistSourceOptions.Path"/>: idx images, with their labels when these lie beside
    /// them under the usual name, or a Kaggle CSV. The set bears the file's name.
    /// </summary>
    /// <exception cref="DataFormatException">A file's content is not what it should be.</exception>
    /// <exception cref="DataSourceException">The file could not be found or read.</exception>
    /// <exception cref="SettingException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The loading was cancelled.</exception>
    public static DigitSet LoadFile(MnistSourceOptions options, CancellationToken cancellation = default)
    {
        RequireCount(options);
        ArgumentNullException.ThrowIfNull(options.Path);
        string path = Path.GetFullPath(options.Path);
        if (!File.Exists(path))
        {
            DataFolder.RequireFolder(path);
            throw new SettingException("Path", $"{path} is a folder; a single file was expected.");
        }

        string? labels = IsTable(path) ? null : DataFolder.FindLabelsBeside(path);
        if (!IsTable(path))
        {
            options.Log?.Invoke(labels is null ? $"No labels lie beside {path}: its digits have none." : $"Labels from {labels}.");
        }

        return ReadParts([new Part(Path.GetFileName(path), path, labels)], options, cancellation)[0];
    }

    private static (DigitSet[] Sets, string Source) LoadParts(MnistSourceOptions options, DatasetSplit[] splits, CancellationToken cancellation)
    {
        RequireCount(options);
        DatasetDescriptor descriptor = DatasetDescriptor.Of(options.Dataset);
        if (options.Path is string path)
        {
            string folder = Path.GetFullPath(path);
            if (File.Exists(folder))
            {
                throw new SettingException("Path", $"{folder} is a single file and so a single set; name its folder to load a dataset or a part of it.");
            }

            Part[] parts = Array.ConvertAll(splits, split =>
            {
                (string images, string? labels) = DataFolder.FindPart(folder, descriptor, split);
                return new Part(descriptor.SetName(split), images, labels);
            });
            return (ReadParts(parts, options, cancellation), folder);
        }

        var passedOver = new List<string>();
        void PassOver(string reason)
        {
            passedOver.Add(reason);
            options.Log?.Invoke(reason);
        }

        if (!options.Force && FindDataFolder(options, descriptor, splits, PassOver) is string given)
        {
            return (ReadParts(KnownParts(given, descriptor, splits), options, cancellation), given);
        }

        throw new DataSourceException("DataNotFound", $"{descriptor.Title} was not found. {string.Join(" ", passedOver)}");
    }

    /// <summary>The folder of the environment variable, or its sub-folder for this dataset, if it has all the files.</summary>
    private static string? FindDataFolder(MnistSourceOptions options, DatasetDescriptor descriptor, DatasetSplit[] splits, Action<string> passOver)
    {
        const string Variable = MnistSourceOptions.FolderVariable;
        if (string.IsNullOrWhiteSpace(options.DataFolder))
        {
            passOver($"{Variable} is not set.");
            return null;
        }

        string folder = Path.GetFullPath(options.DataFolder);
        if (!Directory.Exists(folder))
        {
            passOver($"{Variable} names {folder}, which is no folder.");
            return null;
        }

        // MNIST's file names are those of its relatives too, so the folder itself stands for MNIST alone.
        string? subfolder = DataFolder.FindSubfolder(folder, descriptor);
        if (subfolder is null && descriptor.Name != DatasetName.Mnist)
        {
            passOver($"{folder} ({Variable}) has no sub-folder {descriptor.Folder}.");
            return null;
        }

        return HasAll(subfolder ?? folder, descriptor, splits, passOver) ? subfolder ?? folder : null;
    }

    private static bool HasAll(string folder, DatasetDescriptor descriptor, DatasetSplit[] splits, Action<string> passOver)
    {
        DatasetFile? missing = splits
            .SelectMany(split => new[] { descriptor.Images(split), descriptor.Labels(split) })
            .FirstOrDefault(file => DataFolder.Find(folder, file) is null);
        if (missing is not null)
        {
            passOver($"{folder} has no {DataFolder.Listed(missing)}.");
        }

        return missing is null;
    }

    private static Part[] KnownParts(string folder, DatasetDescriptor descriptor, DatasetSplit[] splits) =>
        Array.ConvertAll(splits, split => new Part(
            descriptor.SetName(split),
            DataFolder.Find(folder, descriptor.Images(split))!,
            DataFolder.Find(folder, descriptor.Labels(split))!,
            descriptor.Images(split),
            descriptor.Labels(split)));

    /// <summary>Reads all files at once: the large one of the training images takes as long as the others together.</summary>
    private static DigitSet[] ReadParts(Part[] parts, MnistSourceOptions options, CancellationToken cancellation)
    {
        Task<DigitSet>[] sets = Array.ConvertAll(parts, part => ReadAsync(part, cancellation));
        DigitSet[] read = Task.WhenAll(sets).GetAwaiter().GetResult();
        foreach (Part part in parts)
        {
            options.Log?.Invoke(part.Describe());
        }

        return options.Count is int count ? Array.ConvertAll(read, set => set.Take(count)) : read;
    }

    private static async Task<DigitSet> ReadAsync(Part part, CancellationToken cancellation)
    {
        if (IsTable(part.ImagesPath))
        {
            return await Task.Run(() => KaggleCsvReader.Read(part.ImagesPath, part.Name, cancellation), cancellation).ConfigureAwait(false);
        }

        Task<IdxFile> readingImages = Task.Run(() => part.ReadImages(cancellation), cancellation);
        Task<byte[]?> readingLabels = Task.Run(() => part.ReadLabels(cancellation)?.GetLabels(), cancellation);
        await Task.WhenAll(readingImages, readingLabels).ConfigureAwait(false);
        IdxFile images = await readingImages.ConfigureAwait(false);
        byte[]? labels = await readingLabels.ConfigureAwait(false);
        if (labels is not null && labels.Length != images.Count)
        {
            throw new DataFormatException("CountsDiffer", part.LabelsPath!, $"it holds {labels.Length:N0} labels, but {images.Path} holds {images.Count:N0} images; each image needs one label.");
        }

        return new DigitSet(part.Name, images.Pixels, labels, images.Rows, images.Columns);
    }

    private static bool IsTable(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    private static void RequireCount(MnistSourceOptions options)
    {
        if (options.Count is < 1)
        {
            throw new SettingException("Count", $"Count is {options.Count}; take at least 1 image, or leave it out to take all.");
        }
    }

    /// <summary>The files of one set; with what they must hold, when they are known ones.</summary>
    private sealed record Part(string Name, string ImagesPath, string? LabelsPath, DatasetFile? Images = null, DatasetFile? Labels = null)
    {
        public IdxFile ReadImages(CancellationToken cancellation) =>
            Images?.ReadVerified(ImagesPath, cancellation) ?? IdxFile.ReadImages(ImagesPath, cancellation);

        public IdxFile? ReadLabels(CancellationToken cancellation) => LabelsPath is null
            ? null
            : Labels?.ReadVerified(LabelsPath, cancellation) ?? IdxFile.ReadLabels(LabelsPath, cancellation);

        public string Describe()
        {
            string files = LabelsPath is null ? ImagesPath : $"{ImagesPath} and {Path.GetFileName(LabelsPath)}";
            return Images?.Sha256 is null ? $"{Name}: read {files}." : $"{Name}: read {files}; SHA-256 verified.";
        }
    }
}
