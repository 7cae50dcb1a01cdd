namespace MnistNet;

/// <summary>How long a download waits, how often it tries, and how much it takes.</summary>
internal sealed record DownloadOptions
{
    /// <summary>An address is given up when there is no connection after so long.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An attempt is given up when nothing came for so long, be it the answer or its content.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often an address is tried again after a passing fault; at least once.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the first retry, more or less; it doubles with each further one.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest file of these datasets has 47 MB, raw; more than this is refused.</summary>
    public int MaxBytes { get; init; } = 64 << 20;
}
