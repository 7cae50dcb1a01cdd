using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// The places where the files of a known dataset may be, in order: the folder of the environment variable, the user's
/// cache, the mirrors. What is downloaded is kept in the cache.
/// </summary>
internal sealed class DatasetStore(MnistSourceOptions options, DatasetDescriptor descriptor)
{
    private readonly List<string> _passedOver = [];

    private string CacheFolder => Path.Combine(options.CacheFolder, descriptor.Folder);

    /// <summary>Reads and verifies files.</summary>
    /// <returns>The files in the order asked for, and the folder or the address that they came from.</returns>
    /// <exception cref="DataFormatException">A file in the folder of the environment variable is not the right
    /// one.</exception>
    /// <exception cref="DataSourceException">A file is nowhere.</exception>
    public (IdxFile[] Files, string Source) Read(DatasetFile[] wanted, CancellationToken cancellation)
    {
        if (options.Force)
        {
            PassOver("The download was forced.");
        }
        else if (FindDataFolder(wanted) is string given)
        {
            IdxFile[] files =
                ParallelReads.Run(
                    wanted.Select(
                        file => (Func<IdxFile>)(() => ReadFile(
                            DataFolder.Find(given, file) ?? Path.Combine(given, file.Name), file, cancellation))));
            options.Log?.Invoke(
                $"{descriptor.Title} was read from {given} ({MnistSourceOptions.FolderVariable}), {Verified}.");
            return (files, given);
        }

        IdxFile?[] cached = options.Force ? new IdxFile?[wanted.Length] : ReadCache(wanted, cancellation);
        if (!cached.Contains(null))
        {
            options.Log?.Invoke($"{descriptor.Title} was read from {CacheFolder}, {Verified}.");
            return (Array.ConvertAll(cached, file => file!), CacheFolder);
        }

        return Download(wanted, cached, cancellation);
    }

    private string Verified => descriptor.TrainImages.Sha256 is null ? "verified by its shape" : "verified by SHA-256";

    private static IdxFile ReadFile(string path, DatasetFile file, CancellationToken cancellation)
    {
        using ContentReader reader = ContentReader.Open(path);
        return file.ReadVerified(reader, cancellation);
    }

    /// <summary>
    /// The folder of the environment variable, or its sub-folder for this dataset, if it has all the files.
    /// </summary>
    private string? FindDataFolder(DatasetFile[] wanted)
    {
        const string Variable = MnistSourceOptions.FolderVariable;
        if (string.IsNullOrWhiteSpace(options.DataFolder))
        {
            PassOver($"{Variable} is not set.");
            return null;
        }

        string folder = Path.GetFullPath(options.DataFolder);
        if (!Directory.Exists(folder))
        {
            PassOver($"{Variable} names {folder}, which is not a folder.");
            return null;
        }

        // MNIST's file names are those of its relatives too, so the folder itself stands for MNIST alone.
        string? own =
            DataFolder.FindSubfolder(folder, descriptor) ?? (descriptor.Name == DatasetName.Mnist ? folder : null);
        if (own is null)
        {
            PassOver($"{folder} ({Variable}) has no sub-folder {descriptor.Folder}.");
            return null;
        }

        if (wanted.FirstOrDefault(file => DataFolder.Find(own, file) is null) is DatasetFile missing)
        {
            PassOver($"{own} ({Variable}) has none of {DataFolder.Listed(missing)}.");
            return null;
        }

        return own;
    }

    /// <summary>The files that are in the cache; null in the place of one that is not, or that is damaged.</summary>
    private IdxFile?[] ReadCache(DatasetFile[] wanted, CancellationToken cancellation)
    {
        if (!Directory.Exists(CacheFolder))
        {
            PassOver($"The cache {CacheFolder} is not there yet.");
            return new IdxFile?[wanted.Length];
        }

        (IdxFile? File, string? Fault)[] found = ParallelReads.Run(
            wanted.Select(file => (Func<(IdxFile?, string?)>)(() => TryReadCached(file, cancellation))));
        foreach ((_, string? fault) in found)
        {
            if (fault is not null)
            {
                PassOver(fault);
            }
        }

        return Array.ConvertAll(found, entry => entry.File);
    }

    private (IdxFile? File, string? Fault) TryReadCached(DatasetFile file, CancellationToken cancellation)
    {
        string path = Path.Combine(CacheFolder, file.Name);
        if (!File.Exists(path))
        {
            return (null, $"The cache {CacheFolder} has no {file.Name}.");
        }

        try
        {
            return (ReadFile(path, file, cancellation), null);
        }
        catch (Exception exception) when (exception is DataFormatException or DataSourceException)
        {
            return (null, exception.Message);
        }
    }

    private (IdxFile[] Files, string Source) Download(
        DatasetFile[] wanted, IdxFile?[] cached, CancellationToken cancellation)
    {
        Uri[] mirrors = [.. options.Mirrors.Count > 0 ? options.Mirrors : descriptor.Mirrors];
        mirrors = FindReachable(mirrors, cancellation);
        Uri? source = null;
        using var downloader = new Downloader(options.Patience, options.Progress, options.Log);
        var files = new IdxFile[wanted.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            if (cached[i] is IdxFile kept)
            {
                files[i] = kept;
                continue;
            }

            Download<IdxFile> download = Download(downloader, wanted[i], mirrors, cancellation);
            Keep(wanted[i], download);
            files[i] = download.Content;
            source = new Uri(download.Address, ".");
        }

        return (files, source!.AbsoluteUri);
    }

    private Download<IdxFile> Download(
        Downloader downloader, DatasetFile file, Uri[] mirrors, CancellationToken cancellation)
    {
        try
        {
            return downloader.FetchAsync(
                file.Name,
                mirrors,
                reader => file.ReadVerified(reader, cancellation),
                cancellation).GetAwaiter().GetResult();
        }
        catch (DataSourceException exception)
        {
            throw Nowhere(exception.ErrorId, exception.Message, exception);
        }
    }

    private Uri[] FindReachable(Uri[] mirrors, CancellationToken cancellation)
    {
        TimeSpan limit = options.Patience.Connect;
        Uri[] reachable = MirrorProbe.SortAsync(mirrors, limit, cancellation).GetAwaiter().GetResult();
        return reachable.Length > 0
            ? reachable
            : throw Nowhere(
                "DownloadFailed",
                Invariant(
                    $"{descriptor.Title} could not be downloaded: no connection within {limit.TotalSeconds:N0} s to ")
                + $"{string.Join(" or ", mirrors.Select(mirror => mirror.Host))}.");
    }

    private DataSourceException Nowhere(string errorId, string message, Exception? cause = null) => new(
        errorId,
        $"{message} Before that: {string.Join(" ", _passedOver)} Check the network, name another mirror (`Source`), "
        + $"put the files into a folder and name that in {MnistSourceOptions.FolderVariable}, "
        + $"or take synthetic digits (`Synthetic`).",
        cause);

    /// <summary>Puts a file into the cache. When that cannot be, the data is there all the same.</summary>
    private void Keep(DatasetFile file, Download<IdxFile> download)
    {
        string path = Path.Combine(CacheFolder, file.Name);
        try
        {
            Directory.CreateDirectory(CacheFolder);
            AtomicFile.Write(path, stream => stream.Write(download.Bytes));
            options.Log?.Invoke(
                $"{file.Name} was downloaded from {download.Address}, {Verified}, and is kept in {CacheFolder}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.Log?.Invoke(
                $"{file.Name} was downloaded from {download.Address}, {Verified}, but could not be kept: "
                + $"{exception.Message}");
        }
    }

    private void PassOver(string reason)
    {
        _passedOver.Add(reason);
        options.Log?.Invoke(reason);
    }
}
