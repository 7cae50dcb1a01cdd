using System.Buffers.Binary;
using System.IO.Compression;

namespace MnistNet;

/// <summary>
/// The content of a gzip file: one or more members one after another, with or without a padding of zero bytes behind
/// the last (RFC 1952, sections 2.2 and 2.3). A member that is damaged or cut off is an error, never a short read; so
/// is anything else behind the last member. <see cref="GZipStream"/> lets all three pass.
/// </summary>
internal sealed class GzipReader(string path, Stream file) : IDisposable
{
    private const int TrailerLength = 8;

    private readonly BlockStream _input = new(file);
    private DeflateStream? _member;
    private Crc32 _checksum;
    private uint _length;
    private long _position;

    /// <summary>Whether a file that begins like this is a gzip.</summary>
    public static bool IsStartOf(ReadOnlySpan<byte> content) => content is [0x1F, 0x8B, ..];

    /// <summary>Reads some of the content; 0 only at its end.</summary>
    /// <exception cref="DataFormatException">The file is damaged, cut off, or followed by something else.</exception>
    public int Read(Span<byte> buffer)
    {
        while (_member is not null || TryBeginMember())
        {
            int read = Inflate(buffer);
            if (read > 0)
            {
                _checksum.Append(buffer[..read]);
                _length += (uint)read;
                _position += read;
                return read;
            }

            EndMember();
        }

        return 0;
    }

    public void Dispose() => _member?.Dispose();

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return _member!.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged("its codes are wrong", exception);
        }
    }

    /// <summary>
    /// Reads the header of the next member; false at the end of the file, which a padding may precede.
    /// </summary>
    private bool TryBeginMember()
    {
        int first = _input.ReadByte();
        if (first <= 0)
        {
            return first == 0 && RequirePadding();
        }

        var header = new Crc32();
        header.Append([(byte)first]);
        if (first != 0x1F || Next() != 0x8B)
        {
            throw Followed();
        }

        const int Deflate = 8, HasChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xE0;
        int method = Next(), flags = Next();
        if (method != Deflate || (flags & Reserved) != 0)
        {
            throw Damaged("its header is wrong");
        }

        Skip(6);
        if ((flags & HasExtra) != 0)
        {
            Skip(Next() | (Next() << 8));
        }

        SkipText(HasName);
        SkipText(HasComment);
        int expected = (ushort)header.Value;
        if ((flags & HasChecksum) != 0 && (Next() | (Next() << 8)) != expected)
        {
            throw Damaged("the checksum of its header is wrong");
        }

        _member = new DeflateStream(_input, CompressionMode.Decompress, leaveOpen: true);
        _checksum = new Crc32();
        _length = 0;
        return true;

        int Next()
        {
            int value = _input.ReadByte();
            if (value < 0)
            {
                throw CutOff();
            }

            header.Append([(byte)value]);
            return value;
        }

        void Skip(int count)
        {
            for (; count > 0; count--)
            {
                Next();
            }
        }

        void SkipText(int flag)
        {
            while ((flags & flag) != 0 && Next() != 0)
            {
            }
        }
    }

    private bool RequirePadding()
    {
        int value;
        while ((value = _input.ReadByte()) == 0)
        {
        }

        return value < 0 ? false : throw Followed();
    }

    /// <summary>
    /// Finds the trailer of the member: checksum and length of its content. <see cref="DeflateStream"/> does not tell
    /// where in the block that it took last the member ended, but which eight bytes must follow is known. Bytes that do
    /// not belong there between the two go unnoticed; the content is verified all the same.
    /// </summary>
    private void EndMember()
    {
        _member!.Dispose();
        _member = null;
        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[sizeof(uint)..], _length);
        if (_input.IsDrained)
        {
            throw CutOff();
        }

        if (!_input.TrySkipBehind(trailer, out bool isBegun))
        {
            throw isBegun ? CutOff() : Damaged("its checksum or its length is wrong, or missing");
        }
    }

    private DataFormatException CutOff()
        => new("GzipTruncated", path, $"the gzip is cut off after {_position:N0} bytes of content. Get the file anew.");

    private DataFormatException Damaged(string how, Exception? cause = null) => new(
        "GzipDamaged",
        path,
        $"the gzip is damaged after {_position:N0} bytes of content: {how}. Get the file anew.",
        cause);

    private DataFormatException Followed() => new(
        "GzipFollowed",
        path,
        $"the gzip ends after {_position:N0} bytes of content, but something follows it that is not gzip. Get the file "
            + $"anew.");

    /// <summary>
    /// Reads a file in blocks, and remembers the bytes given out last, of which the reader may not have used all.
    /// </summary>
    private sealed class BlockStream(Stream file) : Stream
    {
        private readonly byte[] _block = new byte[1 << 16];
        private int _lastStart;
        private int _start;
        private int _end;

        /// <summary>Whether more was asked for than the file has.</summary>
        public bool IsDrained { get; private set; }

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
            if (_start == _end)
            {
                _start = 0;
                _end = file.Read(_block);
                IsDrained |= _end == 0 && buffer.Length > 0;
            }

            int length = Math.Min(buffer.Length, _end - _start);
            _block.AsSpan(_start, length).CopyTo(buffer);
            _lastStart = _start;
            _start += length;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int ReadByte()
        {
            if (_start == _end)
            {
                Span<byte> one = stackalloc byte[1];
                return Read(one) == 1 ? one[0] : -1;
            }

            _lastStart = _start;
            return _block[_start++];
        }

        /// <summary>
        /// Goes back into the bytes given out last, to where the wanted ones follow, and behind these.
        /// </summary>
        /// <param name="wanted">The bytes to find.</param>
        /// <param name="isBegun">When they are not there: whether the file ends with the first of them.</param>
        public bool TrySkipBehind(ReadOnlySpan<byte> wanted, out bool isBegun)
        {
            // The wanted bytes may begin behind the last one given out, and end in what is not read yet.
            _block.AsSpan(_lastStart, _end - _lastStart).CopyTo(_block);
            _start -= _lastStart;
            _end -= _lastStart;
            _end += file.ReadAtLeast(
                _block.AsSpan(_end), Math.Max(0, _start + wanted.Length - _end), throwOnEndOfStream: false);
            Span<byte> searched = _block.AsSpan(0, Math.Min(_end, _start + wanted.Length));
            int at = searched.IndexOf(wanted);
            isBegun = at < 0 && EndsWithStartOf(searched, wanted);
            _start = at < 0 ? _end : at + wanted.Length;
            return at >= 0;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static bool EndsWithStartOf(ReadOnlySpan<byte> searched, ReadOnlySpan<byte> wanted)
        {
            for (int length = Math.Min(searched.Length, wanted.Length - 1); length > 0; length--)
            {
                if (searched.EndsWith(wanted[..length]))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
