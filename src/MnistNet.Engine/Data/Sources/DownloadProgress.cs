namespace MnistNet;

/// <summary>How far a download is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Source">The address it comes from.</param>
/// <param name="Bytes">How much of it is here.</param>
/// <param name="TotalBytes">How much there is; null when the server does not say.</param>
public sealed record DownloadProgress(string File, Uri Source, long Bytes, long? TotalBytes);
