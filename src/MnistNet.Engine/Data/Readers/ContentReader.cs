namespace MnistNet;

/// <summary>
/// The raw content of a file, or of what a server answered, that may be gzipped, told by its first two bytes and not by
/// its name. The file is taken for hostile: inflation is bounded, and a damaged or cut off gzip is an error, never a
/// short read.
/// </summary>
internal sealed class ContentReader : IDisposable
{
    /// <summary>No kind of input may fill more memory than this: 1 GiB, 1.3 million images of 28×28.</summary>
    public const int MaxBytes = 1 << 30;

    // Deflate's own limit: 258 bytes out of two bits in (zlib, "Technical Details": 1032:1).
    private const long MaxDeflateRatio = 1032;

    // Digits shrink about 5 times and their labels 2 to 60 times. What shrinks further than this over a length of
    // 64 MiB has no digits in it.
    private const long BombRatio = 100;
    private const long BombLength = 64 << 20;

    private readonly Stream _file;
    private readonly GzipReader? _gzip;
    private bool _atEnd;

    private ContentReader(string path, Stream file)
    {
        Path = path;
        _file = file;
        Span<byte> magic = stackalloc byte[2];
        _gzip = GzipReader.IsStartOf(magic[..file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)])
            ? new GzipReader(path, file)
            : null;
        file.Position = 0;
        MaxLength = _gzip is null ? file.Length : file.Length * MaxDeflateRatio;
    }

    /// <summary>The file's path, or the address it came from, for messages.</summary>
    public string Path { get; }

    /// <summary>How long the content can be at most: exact for a raw file.</summary>
    public long MaxLength { get; }

    /// <summary>How many bytes were read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="DataSourceException">The file cannot be opened.</exception>
    public static ContentReader Open(string path)
    {
        Stream? file = null;
        try
        {
            // Pipes and devices have no length either. Opening a pipe would wait for someone to write to it.
            var info = new FileInfo(path);
            bool isEmpty = (info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length == 0;
            file = isEmpty
                ? Stream.Null
                : new FileStream(
                    path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return new ContentReader(path, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new DataSourceException("DataUnreadable", $"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads what was downloaded.</summary>
    public static ContentReader Over(byte[] content, Uri address) =>
        new(address.AbsoluteUri, new MemoryStream(content, writable: false));

    /// <summary>
    /// Reads until the buffer is full or the content ends; only at the end is the answer less than the buffer's length.
    /// </summary>
    /// <exception cref="DataFormatException">
    /// The gzip is damaged, cut off, followed by something else, or a bomb.
    /// </exception>
    public int Read(Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length && !_atEnd)
        {
            int read = ReadSome(buffer[total..]);
            total += read;
            Position += read;
            _atEnd = read == 0;
            if (_gzip is not null && Position > BombLength && Position / BombRatio > _file.Length)
            {
                throw new DataFormatException(
                    "GzipBomb",
                    Path,
                    $"{_file.Length:N0} bytes of gzip have inflated to over {Position:N0}, more than {BombRatio} "
                        + $"times. "
                    + $"No set of digits does that; reading was stopped.");
            }
        }

        return total;
    }

    public void Dispose()
    {
        _gzip?.Dispose();
        _file.Dispose();
    }

    private int ReadSome(Span<byte> buffer)
    {
        try
        {
            return _gzip is null ? _file.Read(buffer) : _gzip.Read(buffer);
        }
        catch (IOException exception)
        {
            throw new DataSourceException("DataUnreadable", $"{Path} cannot be read: {exception.Message}", exception);
        }
    }
}
