using System.Collections;
using System.Globalization;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>What a network said of a digit, read from a table's row, from JSON, or from what a job gave back.</summary>
internal static class AnswerRow
{
    /// <summary>Whether a value was a prediction.</summary>
    internal static bool IsPrediction(object? value)
        => Has(value, nameof(Prediction.Predicted)) && Has(value, nameof(Prediction.P9));

    /// <summary>Whether a value was an attribution.</summary>
    internal static bool IsAttribution(object? value)
        => Has(value, nameof(Attribution.Class)) && Has(value, AttributionPropertyAdapter.PerPixel);

    /// <summary>The prediction.</summary>
    /// <exception cref="DataFormatException">It is not whole; the message says what is wrong.</exception>
    internal static Prediction ReadPrediction(object row)
    {
        float[] probabilities = [.. Enumerable.Range(0, DigitSet.ClassCount)
            .Select(k => (float)Number(row, Invariant($"P{k}"))!.Value)];
        return new Prediction(
            Whole(row, nameof(Prediction.Index))!.Value,
            Class(row, nameof(Prediction.Label)),
            Class(row, nameof(Prediction.Predicted))!.Value,
            probabilities,
            Optional(row, nameof(Prediction.Loss)),
            Text(row, nameof(Prediction.Source)) is { Length: > 0 } source ? source : null,
            Text(row, nameof(Prediction.Set)) ?? "",
            Text(row, nameof(Prediction.Network)) ?? "");
    }

    /// <summary>The attribution.</summary>
    /// <exception cref="DataFormatException">It is not whole; the message says what is wrong.</exception>
    internal static Attribution ReadAttribution(object row)
    {
        Digit digit = DigitRow.Read(row);
        double[] numbers = PixelNumbers.Parse(List(row, AttributionPropertyAdapter.PerPixel)) ?? [];
        if (numbers.Length != digit.Pixels.Length)
        {
            throw Wrong(Invariant($"it has {numbers.Length} contributions for {digit.Pixels.Length} pixels"));
        }

        return Attribution.Restore(
            digit,
            Class(row, nameof(Attribution.Predicted))!.Value,
            Class(row, nameof(Attribution.Class))!.Value,
            Class(row, nameof(Attribution.Versus)),
            Number(row, nameof(Attribution.Logit))!.Value,
            Number(row, nameof(Attribution.Constant))!.Value,
            numbers,
            string.Equals(Text(row, nameof(Attribution.IsExact)), "true", StringComparison.OrdinalIgnoreCase));
    }

    private static bool Has(object? value, string name)
        => ObjectRow.Is(value) && ObjectRow.Get(value!, name) is not null;

    private static string? Text(object row, string name) => ObjectRow.Text(ObjectRow.Get(row, name));

    private static string List(object row, string name)
        => ArgumentValue.Unwrap(ObjectRow.Get(row, name)) is IEnumerable list and not string
            ? string.Join(' ', list.Cast<object?>().Select(ObjectRow.Text))
            : Text(row, name) ?? "";

    private static double? Optional(object row, string name)
        => string.IsNullOrEmpty(Text(row, name)) ? null : Number(row, name);

    private static double? Number(object row, string name)
        => double.TryParse(Text(row, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw Wrong($"its {name} is '{Text(row, name)}', not a number with a point");

    private static int? Whole(object row, string name)
    {
        string? text = Text(row, name);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Wrong($"its {name} is '{text}', not a whole number");
    }

    private static int? Class(object row, string name)
    {
        if (name is nameof(Prediction.Label) or nameof(Attribution.Versus) && string.IsNullOrEmpty(Text(row, name)))
        {
            return null;
        }

        int? number = Whole(row, name);
        return number is >= 0 and < DigitSet.ClassCount
            ? number
            : throw Wrong($"its {name} is {number}; a class is 0 to 9");
    }

    private static DataFormatException Wrong(string what) => new(
        "AnswerRowInvalid",
        "The row",
        $"{what}. Expected a prediction or an attribution as Export-Csv or ConvertTo-Json writes it.");
}
