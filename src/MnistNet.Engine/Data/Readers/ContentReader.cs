using System.Buffers.Binary;
using System.IO.Compression;

namespace MnistNet;

/// <summary>
/// The raw content of a file, or of what a server answered, that may be gzipped, told by its first two bytes and not by its name. The file is
/// taken for hostile: inflation is bounded, and a damaged, cut off or padded gzip is an error, never a short read.
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
    private readonly GZipStream? _gzip;
    private readonly uint _gzipLength;
    private bool _atEnd;

    private ContentReader(string path, Stream file)
    {
        Path = path;
        _file = file;
        Span<byte> magic = stackalloc byte[2];
        if (file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1F && magic[1] == 0x8B)
        {
            // The last four bytes of a gzip file are the length of its content modulo 2^32 (RFC 1952, ISIZE). GZipStream
            // checks them when it meets them, but takes a file without them, or with more behind them, for whole.
            Span<byte> length = stackalloc byte[4];
            file.Position = Math.Max(0, file.Length - 4);
            file.ReadAtLeast(length, 4, throwOnEndOfStream: false);
            _gzipLength = BinaryPrimitives.ReadUInt32LittleEndian(length);
            _gzip = new GZipStream(file, CompressionMode.Decompress);
        }

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
            file = isEmpty ? Stream.Null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
            return new ContentReader(path, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new DataSourceException("DataUnreadable", $"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads what was downloaded.</summary>
    public static ContentReader Over(byte[] content, Uri address) => new(address.AbsoluteUri, new MemoryStream(content, writable: false));

    /// <summary>Reads until the buffer is full or the content ends; only at the end is the answer less than the buffer's length.</summary>
    /// <exception cref="DataFormatException">The gzip is damaged, cut off, followed by something else, or a bomb.</exception>
    public int Read(Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length && !_atEnd)
        {
            int read = ReadSome(buffer[total..]);
            total += read;
            Position += read;
            if (read == 0)
            {
                _atEnd = true;
                RequireWholeGzip();
            }
            else if (_gzip is not null && Position > BombLength && Position / BombRatio > _file.Length)
            {
                throw new DataFormatException("GzipBomb", Path, $"{_file.Length:N0} bytes of gzip have inflated to over {Position:N0}, more than {BombRatio} times. No set of digits does that; reading was stopped.");
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
        catch (InvalidDataException exception)
        {
            throw new DataFormatException("GzipDamaged", Path, $"the gzip is damaged after {Position:N0} bytes of content: its codes or its checksum are wrong. Get the file anew.", exception);
        }
        catch (IOException exception)
        {
            throw new DataSourceException("DataUnreadable", $"{Path} cannot be read: {exception.Message}", exception);
        }
    }

    private void RequireWholeGzip()
    {
        if (_gzip is not null && _gzipLength != (uint)Position)
        {
            throw new DataFormatException("GzipTruncated", Path, $"the gzip gave {Position:N0} bytes of content, but does not end with that length as a whole gzip file does: it is cut off, or something follows it. Get the file anew.");
        }
    }
}
