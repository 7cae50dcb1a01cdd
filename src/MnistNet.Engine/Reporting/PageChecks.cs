using System.Runtime.InteropServices;
using System.Text.Json;

namespace MnistNet;

/// <summary>
/// Digits with what the network says of them, by which the page checks itself; they are its sample digits too.
/// </summary>
internal sealed class PageChecks
{
    private const int Most = 20;

    private readonly DigitSet _digits;
    private readonly float[] _probabilities;

    private PageChecks(DigitSet digits, float[] probabilities)
    {
        _digits = digits;
        _probabilities = probabilities;
    }

    /// <summary>How many digits there are.</summary>
    public int Count => _digits.Count;

    /// <summary>What they are of.</summary>
    public string Name => _digits.Name;

    /// <summary>
    /// Takes digits from those that judge the network, evenly spread over the classes; drawn ones where there are none.
    /// </summary>
    public static PageChecks Of(Network network, DigitSet? test)
    {
        DigitSet digits = test is null || test.Count == 0
            ? SyntheticDigits.CreateTest(Most)
            : test.Select(Places(test), test.Name);
        return new PageChecks(digits, Predictor.GetProbabilities(network, digits));
    }

    /// <summary>Writes them as JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("checks");
        json.WriteNumber("count", Count);
        json.WriteBase64String("pixels", _digits.Pixels);
        json.WriteStartArray("labels");
        foreach (byte label in _digits.Labels)
        {
            json.WriteNumberValue(label);
        }

        json.WriteEndArray();
        json.WriteBase64String("probabilities", MemoryMarshal.AsBytes(_probabilities.AsSpan()));
        json.WriteEndObject();
    }

    /// <summary>The first two of each class, class by class in turn; the first twenty without labels.</summary>
    private static int[] Places(DigitSet test)
    {
        int[] all = [.. Enumerable.Range(0, test.Count)];
        return !test.IsLabeled
            ? [.. all.Take(Most)]
            : [.. all
                .GroupBy(i => test.Labels[i])
                .SelectMany(same => same
                    .Take(Most / DigitSet.ClassCount)
                    .Select((place, turn) => (Place: place, Turn: turn, Label: same.Key)))
                .OrderBy(digit => digit.Turn)
                .ThenBy(digit => digit.Label)
                .Select(digit => digit.Place)];
    }
}
