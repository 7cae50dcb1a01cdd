namespace MnistNet;

/// <summary>How long a download waits, how often it tries, and how much it takes.</summary>
internal sealed record DownloadPatience
{
    /// <summary>An attempt is given up when nothing came for so long, be it the connection, the answer or its content.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often one address is tried again after a passing fault.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the first retry; it doubles with each further one.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No file of these datasets comes near this; more is refused.</summary>
    public long MaxBytes { get; init; } = 256 << 20;
}
