using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>
/// A digit that was a table row or JSON in between: its pixels are one text of numbers, or a list of them.
/// </summary>
internal static class DigitRow
{
    /// <summary>Whether a value has pixels, and was a digit.</summary>
    internal static bool Is(object? value)
        => ObjectRow.Is(value) && ObjectRow.Get(value!, nameof(Digit.Pixels)) is not null;

    /// <summary>The digit.</summary>
    /// <exception cref="DataFormatException">It is not whole; the message says what is wrong.</exception>
    internal static Digit Read(object row)
    {
        byte[] pixels = ReadPixels(ObjectRow.Get(row, nameof(Digit.Pixels)));
        int rows = ReadNumber(row, nameof(Digit.Rows)) ?? DigitFraming.Side;
        int columns = ReadNumber(row, nameof(Digit.Columns)) ?? DigitFraming.Side;
        if (rows < 1 || columns < 1 || (long)rows * columns != pixels.Length)
        {
            throw Wrong(
                Invariant($"it has {pixels.Length:N0} pixels; {rows}×{columns} need {(long)rows * columns:N0}"));
        }

        int? label = ReadNumber(row, nameof(Digit.Label));
        if (label is < 0 or >= DigitSet.ClassCount)
        {
            throw Wrong($"its label is {label}; a digit's label is 0 to 9");
        }

        return new Digit(
            ReadNumber(row, nameof(Digit.Index)) ?? 0,
            label,
            pixels,
            rows,
            columns,
            ObjectRow.Text(ObjectRow.Get(row, nameof(Digit.Source))) is { Length: > 0 } source ? source : null,
            ObjectRow.Text(ObjectRow.Get(row, nameof(Digit.Set))) ?? "");
    }

    private static byte[] ReadPixels(object? value)
    {
        string text = ArgumentValue.Unwrap(value) is System.Collections.IEnumerable list and not string
            ? string.Join(' ', list.Cast<object?>().Select(item => ObjectRow.Text(item)))
            : ObjectRow.Text(value) ?? "";
        return GreyLevels.Parse(text)
            ?? throw Wrong($"its pixels are '{(text.Length > 40 ? text[..40] + "…" : text)}'");
    }

    private static int? ReadNumber(object row, string name)
    {
        string? text = ObjectRow.Text(ObjectRow.Get(row, name));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return int.TryParse(
            text,
            System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture,
            out int number)
            ? number
            : throw Wrong($"its {name} is '{text}', not a whole number");
    }

    private static DataFormatException Wrong(string what) => new(
        "DigitRowInvalid",
        "The digit",
        $"{what}. Expected a digit as Export-Csv or ConvertTo-Json writes it, its pixels as numbers from 0 to 255.");
}
