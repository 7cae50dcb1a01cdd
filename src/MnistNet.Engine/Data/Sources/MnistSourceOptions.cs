namespace MnistNet;

/// <summary>Which data to load, and where it may come from.</summary>
public sealed record MnistSourceOptions
{
    /// <summary>The name of the environment variable with the folder that is looked into first.</summary>
    public const string FolderVariable = "MNISTNET_DATA";

    /// <summary>
    /// A folder with idx files or Kaggle's train.csv and test.csv, or a single such file. Null to look into the folder
    /// of
    /// <see cref="FolderVariable"/>, the user's cache and the mirrors, in this order.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The dataset.</summary>
    public DatasetName Dataset { get; init; } = DatasetName.Mnist;

    /// <summary>The first so many images of each part; null for all.</summary>
    public int? Count { get; init; }

    /// <summary>Addresses to download from, in place of the dataset's own mirrors.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>Download anew, whatever is in the folder of <see cref="FolderVariable"/> or in the cache.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Told what was decided: which source was taken, which was passed over and why. One call at a time, from any
    /// thread.
    /// </summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told how a download goes on. One call at a time, from any thread.</summary>
    public Action<DownloadProgress>? Progress { get; init; }

    /// <summary>The folder of <see cref="FolderVariable"/>.</summary>
    internal string? DataFolder { get; init; } = Environment.GetEnvironmentVariable(FolderVariable);

    /// <summary>The folder that downloads are kept in, one sub-folder a dataset.</summary>
    internal string CacheFolder { get; init; } = UserCache.Folder;

    /// <summary>How long a download waits and how often it tries.</summary>
    internal DownloadOptions Patience { get; init; } = new();
}
