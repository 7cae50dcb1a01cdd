using System.Text;

namespace MnistNet;

/// <summary>
/// A file of text lines for one writer at a time. A line that was appended is on the disk and stays there; one that a
/// crash cut off has no line end, and is removed when the writer goes on.
/// </summary>
internal sealed class AppendOnlyFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream? _lock;
    private Stream _stream;
    private long _wholeLength;

    private AppendOnlyFile(string path, Stream stream, FileStream? hold)
    {
        _path = path;
        _stream = stream;
        _lock = hold;
    }

    /// <summary>Opens a file, or makes a new one, and keeps others from writing to it.</summary>
    /// <exception cref="FileHeldException">Another writer has it open.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    internal static AppendOnlyFile Open(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {folder}.");
        }

        FileStream hold = Hold(path);
        try
        {
            return new AppendOnlyFile(path, OpenStream(path), hold);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>A file on a stream, which nothing else writes to.</summary>
    internal static AppendOnlyFile On(string path, Stream stream) => new(path, stream, null);

    /// <summary>Whether there is nothing in it yet.</summary>
    internal bool IsEmpty => _stream.Length == 0;

    /// <summary>Reads all lines, without their ends.</summary>
    /// <param name="longest">No line is longer.</param>
    /// <returns>The whole lines, and what follows the last line end: empty unless a crash cut a line off.</returns>
    /// <exception cref="FormatException">A line is longer.</exception>
    internal (IReadOnlyList<string> Lines, string Torn) Read(int longest)
    {
        _stream.Seek(0, SeekOrigin.Begin);
        var buffered = new BufferedStream(_stream, 1 << 16);
        var lines = new List<string>();
        var bytes = new List<byte>();
        long position = 0;
        _wholeLength = 0;
        int value;
        while ((value = buffered.ReadByte()) >= 0)
        {
            position++;
            if (value == '\n')
            {
                lines.Add(Decode(bytes));
                bytes.Clear();
                _wholeLength = position;
                continue;
            }

            bytes.Add((byte)value);
            if (bytes.Count > longest)
            {
                throw new FormatException(
                    $"it has a line of more than "
                    + $"{longest.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} characters");
            }
        }

        return (lines, Decode(bytes));
    }

    /// <summary>Removes what followed the last line end when the file was read.</summary>
    internal void RemoveTorn()
    {
        if (_stream.Length != _wholeLength)
        {
            _stream.SetLength(_wholeLength);
        }
    }

    /// <summary>Puts other lines in the place of all, whole or not at all.</summary>
    internal void Replace(IEnumerable<string> lines)
    {
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        if (_lock is null)
        {
            _stream.SetLength(0);
            _stream.Write(content);
            return;
        }

        _stream.Dispose();
        AtomicFile.Write(_path, stream => stream.Write(content));
        _stream = OpenStream(_path);
    }

    /// <summary>Appends lines; when this returns, they are on the disk. When it fails, the file is as it was.</summary>
    /// <exception cref="IOException">They could not be written, because the disk is full for example.</exception>
    internal void Append(params IEnumerable<string> lines)
    {
        long length = _stream.Length;
        try
        {
            _stream.Seek(0, SeekOrigin.End);
            _stream.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
            if (_stream is FileStream file)
            {
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            _stream.SetLength(length);
            throw;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _lock?.Dispose();
    }

    private static FileStream OpenStream(string path)
        => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1);

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(
                path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(path + ".lock"))
        {
            throw new FileHeldException(exception);
        }
    }

    private static string Decode(List<byte> bytes) =>
        Encoding.UTF8.GetString([.. bytes]).TrimStart('\uFEFF').TrimEnd('\r');
}
