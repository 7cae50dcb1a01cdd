using System.Text.Json;

namespace MnistNet;

/// <summary>
/// The tokens of a JSON text, read piece by piece: no more of it is in memory than a token and a buffer.
/// </summary>
/// <param name="stream">Where from.</param>
internal ref struct JsonTokens(Stream stream)
{
    private const int BufferLength = 1 << 16;

    private static readonly JsonReaderOptions s_strict = new() { MaxDepth = 8 };

    private byte[] _buffer = new byte[BufferLength];
    private int _start;
    private int _length;
    private bool _isAtEnd;
    private bool _isBegun;
    private Utf8JsonReader _reader;

    /// <summary>The kind of the token.</summary>
    public readonly JsonTokenType Type => _reader.TokenType;

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public bool Read()
    {
        if (!_isBegun)
        {
            Begin();
        }

        while (!_reader.Read())
        {
            if (_isAtEnd)
            {
                return false;
            }

            Refill();
        }

        return true;
    }

    /// <summary>The text of a name or a value.</summary>
    public readonly string GetString() => _reader.GetString()!;

    /// <summary>A number, rounded once, to float32.</summary>
    public readonly float GetSingle() => _reader.GetSingle();

    /// <summary>A number.</summary>
    public readonly double GetDouble() => _reader.GetDouble();

    private void Begin()
    {
        _isBegun = true;
        Fill();
        ReadOnlySpan<byte> mark = JsonNetworkFormat.ByteOrderMark;
        _start = _buffer.AsSpan(0, _length).StartsWith(mark) ? mark.Length : 0;
        ReadOnlySpan<byte> text = _buffer.AsSpan(_start, _length - _start);
        _reader = new Utf8JsonReader(text, _isAtEnd, new JsonReaderState(s_strict));
    }

    /// <summary>Keeps what the reader has not used, the beginning of a token, and reads on behind it.</summary>
    private void Refill()
    {
        int begin = _start + (int)_reader.BytesConsumed;
        JsonReaderState state = _reader.CurrentState;
        ReadOnlySpan<byte> rest = _buffer.AsSpan(begin, _length - begin);
        if (rest.Length == _buffer.Length)
        {
            // One token is longer than the buffer.
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        rest.CopyTo(_buffer);
        (_start, _length) = (0, rest.Length);
        Fill();
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _isAtEnd, state);
    }

    private void Fill()
    {
        int wanted = _buffer.Length - _length;
        int read = stream.ReadAtLeast(_buffer.AsSpan(_length), wanted, throwOnEndOfStream: false);
        _length += read;
        _isAtEnd = read < wanted;
    }
}
