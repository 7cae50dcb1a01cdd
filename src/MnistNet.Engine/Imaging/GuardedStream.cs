namespace MnistNet;

/// <summary>
/// What a decoder that trusts its files is given to read: behind the end there are zeros, as it expects, and nobody can
/// seek there, so that it sees the end and stops. Whether it went too far can be asked afterwards.
/// </summary>
internal sealed class GuardedStream(Stream stream) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 15];
    private readonly long _length = stream.Length;
    private long _bufferStart;
    private int _count, _next;

    /// <summary>Whether bytes behind the end were asked for.</summary>
    public bool RanPastTheEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _bufferStart + _next;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int ReadByte() => _next < _count || Fill() ? _buffer[_next++] : -1;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length && (_next < _count || Fill()))
        {
            int some = Math.Min(buffer.Length - total, _count - _next);
            _buffer.AsSpan(_next, some).CopyTo(buffer[total..]);
            _next += some;
            total += some;
        }

        return total;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            SeekOrigin.End => _length + offset,
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
        };
        RanPastTheEnd |= target > _length;
        target = Math.Clamp(target, 0, _length);
        if (target >= _bufferStart && target <= _bufferStart + _count)
        {
            _next = (int)(target - _bufferStart);
        }
        else
        {
            (_bufferStart, _count, _next) = (target, 0, 0);
        }

        return target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Fill()
    {
        _bufferStart = Position;
        _next = 0;
        stream.Position = _bufferStart;
        _count = stream.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
        RanPastTheEnd |= _count == 0;
        return _count > 0;
    }
}
