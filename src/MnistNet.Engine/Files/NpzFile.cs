using System.IO.Compression;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Several arrays of NumPy under their names: a zip archive with an npy file for each, stored or deflated.
/// Source of the format: NumPy's documentation of numpy.savez.
/// </summary>
internal static class NpzFile
{
    private const string Ending = ".npy";

    /// <summary>What a zip archive with entries begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => "PK\x03\x04"u8;

    /// <summary>A network has two arrays a layer; an archive with more entries than this is something else.</summary>
    private const int MaximumEntries = 1024;

    // Weights and digits shrink a few times. What shrinks further than this over a length of 64 MiB holds neither.
    private const long BombRatio = 100;
    private const long BombLength = 64 << 20;

    // An archive of equal content has equal bytes: no entry tells when it was written.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes arrays under their names.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">Names and arrays.</param>
    /// <param name="compression">Whether the numbers are deflated; NumPy reads both.</param>
    internal static void Write(
        Stream stream,
        IEnumerable<KeyValuePair<string, NpyArray>> arrays,
        CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NpyArray array) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + Ending, compression);
            entry.LastWriteTime = NoTime;
            using Stream content = entry.Open();
            NpyFile.Write(content, array);
        }
    }

    /// <summary>Reads every array of an archive.</summary>
    /// <param name="stream">The archive, which can seek; its content is not to be trusted.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="longest">No more than so many bytes are unpacked.</param>
    /// <exception cref="DataFormatException">It is not a sound archive of arrays of numbers.</exception>
    internal static Dictionary<string, NpyArray> Read(Stream stream, string path, int? longest = null) =>
        Open(stream, path, archive => ReadEntries(archive, path, longest ?? Array.MaxLength, stream.Length));

    /// <summary>The names of an archive's arrays, which are not read.</summary>
    /// <param name="stream">The archive, which can seek; its content is not to be trusted.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <exception cref="DataFormatException">It is not a sound archive.</exception>
    internal static IReadOnlyList<string> ReadNames(Stream stream, string path) =>
        Open(stream, path, archive => archive.Entries.Select(NameOf).ToArray());

    private static T Open<T>(Stream stream, string path, Func<ZipArchive, T> read)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return read(archive);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new DataFormatException(
                "NpzInvalid", path,
                    $"it is not a sound zip archive, which an npz file is: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, NpyArray> ReadEntries(
        ZipArchive archive, string path, int longest, long fileLength)
    {
        if (archive.Entries.Count > MaximumEntries)
        {
            throw new DataFormatException(
                "NpzInvalid", path, $"it has {archive.Entries.Count} entries; at most {MaximumEntries} are read.");
        }

        // Every entry says how long it is; none is read beyond that, and all together must fit.
        long whole = archive.Entries.Sum(entry => Math.Min(entry.Length, (long)longest + 1));
        if (whole > longest)
        {
            throw new DataFormatException(
                "NpzTooLarge", path,
                $"it would take more than {longest:N0} bytes unpacked; no more are read.");
        }

        if (whole > BombLength && whole / BombRatio > fileLength)
        {
            throw new DataFormatException(
                "NpzBomb",
                path,
                Invariant($"its {fileLength:N0} bytes would unpack to {whole:N0}, ")
                    + Invariant($"more than {BombRatio} times as many. ")
                    + "Neither weights nor digits do that; nothing was unpacked.");
        }

        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            // Names are only compared; nothing is ever written where a name points.
            string name = NameOf(entry);
            if (name.AsSpan().IndexOfAny("/\\:") >= 0 || name.Length == 0 || entry.IsEncrypted)
            {
                throw new DataFormatException(
                    "NpzInvalid",
                    path,
                    $"its entry '{entry.FullName}' is "
                        + $"{(entry.IsEncrypted ? "encrypted" : "not the name of an array")}; "
                        + "an npz file holds arrays such as W1.npy.");
            }

            using Stream content = new CheckedStream(entry.Open(), entry.Crc32, $"{path}: {name}");
            if (!arrays.TryAdd(name, NpyFile.Read(content, entry.Length, $"{path}: {name}")))
            {
                throw new DataFormatException("NpzInvalid", path, $"it holds {name} twice.");
            }

            RequireEnd(content, $"{path}: {name}");
        }

        return arrays;
    }

    private static string NameOf(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(Ending, StringComparison.Ordinal) ? entry.FullName[..^Ending.Length] : entry.FullName;

    private static void RequireEnd(Stream content, string name)
    {
        Span<byte> one = stackalloc byte[1];
        if (content.Read(one) != 0)
        {
            throw new DataFormatException("NpzInvalid", name, "it unpacks to more bytes than the archive tells of.");
        }
    }

    /// <summary>Passes bytes on and compares their checksum at the end.</summary>
    private sealed class CheckedStream(Stream inner, uint expected, string name) : Stream
    {
        private Crc32 _checksum = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int count = inner.Read(buffer);
            _checksum.Append(buffer[..count]);
            return count > 0 || buffer.IsEmpty || _checksum.Value == expected
                ? count
                : throw new DataFormatException(
                    "NpzChecksum", name, "its bytes do not have the checksum that the archive tells: it is damaged.");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
