using System.Buffers.Binary;
using System.Text;
using static System.FormattableString;

namespace MnistNet;

/// <summary>The chunks of a PNG file one after another, each with its checksum verified.</summary>
internal sealed class PngChunks(Stream stream, string path)
{
    private readonly byte[] _buffer = new byte[1 << 13];
    private PngChunk _chunk;
    private Crc32 _crc;
    private int _left;

    /// <summary>The length of the whole file.</summary>
    public long Length => stream.Length;

    /// <summary>Reads over the first eight bytes.</summary>
    public void ReadSignature()
    {
        Span<byte> signature = stackalloc byte[PngChunk.Signature.Length];
        ReadExactly(signature);
        if (!signature.SequenceEqual(PngChunk.Signature))
        {
            throw Damaged("its first eight bytes are not those of a PNG");
        }
    }

    /// <summary>Goes to the next chunk; the data of the last one must have been read.</summary>
    public PngChunk Next()
    {
        Span<byte> head = stackalloc byte[8];
        ReadExactly(head);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        ReadOnlySpan<byte> type = head[4..];
        foreach (byte letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw Damaged("where a chunk should begin there is something else");
            }
        }

        if (length > int.MaxValue)
        {
            throw Damaged(
                Invariant(
                    $"a chunk claims to be {length:N0} bytes long; {int.MaxValue:N0} is the most that PNG allows"));
        }

        _chunk = new PngChunk(Encoding.ASCII.GetString(type), (int)length);
        _left = (int)length;
        _crc = new Crc32();
        _crc.Append(type);
        return _chunk;
    }

    /// <summary>Reads the whole data of a chunk and verifies it.</summary>
    public void ReadData(Span<byte> data)
    {
        ReadSome(data);
        Verify();
    }

    /// <summary>Reads over a chunk and verifies it.</summary>
    public void Skip()
    {
        while (_left > 0)
        {
            ReadSome(_buffer.AsSpan(0, Math.Min(_left, _buffer.Length)));
        }

        Verify();
    }

    /// <summary>Reads over what is left of this chunk, and over all that follow, up to the last.</summary>
    public void ReadToEnd()
    {
        Skip();
        while (_chunk.Type != "IEND")
        {
            Next();
            Skip();
        }
    }

    /// <summary>The data of the chunk that was reached, and of those like it that follow, as one stream.</summary>
    public Stream OpenPixels() => new PixelData(this);

    private void ReadSome(Span<byte> data)
    {
        ReadExactly(data);
        _crc.Append(data);
        _left -= data.Length;
    }

    private void Verify()
    {
        Span<byte> told = stackalloc byte[4];
        ReadExactly(told);
        if (BinaryPrimitives.ReadUInt32BigEndian(told) != _crc.Value)
        {
            throw Damaged($"the checksum of its chunk {_chunk.Type} is wrong");
        }
    }

    private void ReadExactly(Span<byte> buffer)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw new DataFormatException("ImageTruncated", path,
                "the PNG is cut off: it ends in the middle. Get or save the picture anew.");
        }
    }

    private DataFormatException Damaged(string what)
        => new("PngDamaged", path, $"this PNG cannot be read: {what}. Get or save the picture anew.");

    /// <summary>The data of the chunks IDAT; it ends before the first chunk of another kind.</summary>
    private sealed class PixelData(PngChunks chunks) : Stream
    {
        private bool _atEnd;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            while (chunks._left == 0 && !_atEnd)
            {
                chunks.Verify();
                _atEnd = chunks.Next().Type != "IDAT";
            }

            if (_atEnd)
            {
                return 0;
            }

            int count = Math.Min(buffer.Length, chunks._left);
            chunks.ReadSome(buffer[..count]);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
