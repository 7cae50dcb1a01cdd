using System.Globalization;
using System.Runtime.CompilerServices;

namespace MnistNet;

/// <summary>
/// A sentence with numbers in it that reads the same in every culture. The compiler makes one wherever an interpolated
/// string is given for a parameter of this type, and prefers it to a string.
/// </summary>
[InterpolatedStringHandler]
internal ref struct InvariantText
{
    private DefaultInterpolatedStringHandler _text;

    public InvariantText(int literalLength, int formattedCount)
        => _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    public void AppendFormatted(ReadOnlySpan<char> value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
