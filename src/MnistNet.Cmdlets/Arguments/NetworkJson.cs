using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MnistNet.Cmdlets;

/// <summary>
/// A network that was JSON in between: what ConvertTo-Json writes of one, as ConvertFrom-Json gives it.
/// </summary>
internal static class NetworkJson
{
    /// <summary>Whether a value has parameters, and so was a network.</summary>
    internal static bool Is(object value)
        => ObjectRow.Is(value) && ObjectRow.Get(value, nameof(Network.Parameters)) is not null;

    /// <summary>Whether a text is a JSON object.</summary>
    internal static bool IsText(string text) => text.AsSpan().TrimStart() is ['{', ..];

    /// <summary>The network of a text: as ConvertTo-Json writes it, or Export-Network.</summary>
    /// <exception cref="MnistNetException">It is not whole; the message says what is wrong.</exception>
    internal static Network ReadText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (ToValue(document.RootElement) is Hashtable network && network.ContainsKey(nameof(Network.Layers)))
            {
                return Read(network);
            }
        }
        catch (JsonException exception)
        {
            throw new DataFormatException(
                "NetworkJsonInvalid", "The text", $"it is not JSON: {exception.Message}", exception);
        }

        // Named differently, it is what Export-Network writes.
        return new JsonNetworkFormat().Read(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), new NetworkReading("the text", new NetworkFileOptions()));
    }

    private static object? ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new Hashtable(
            element.EnumerateObject().DistinctBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(member => member.Name, member => ToValue(member.Value)),
            StringComparer.OrdinalIgnoreCase),
        JsonValueKind.Array => element.EnumerateArray().Select(ToValue).ToArray(),
        JsonValueKind.Number => element.TryGetInt32(out int whole) ? whole : element.GetDouble(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        _ => null,
    };

    /// <summary>The network, checked as a file is.</summary>
    /// <exception cref="MnistNetException">It is not whole; the message says what is wrong.</exception>
    internal static Network Read(object value)
    {
        object? list = ArgumentValue.Unwrap(ObjectRow.Get(value, nameof(Network.Parameters)));
        if (list is not IList items || items.Count == 0)
        {
            throw Wrong("its Parameters are not a list of matrices");
        }

        return new Network(
            [.. items.Cast<object?>().Select(ReadMatrix)],
            ReadName<Activation>(value, nameof(Network.Activation)) ?? default,
            ReadName<Initializer>(value, nameof(Network.Initializer)),
            ReadSeed(value),
            ReadName<Preprocessing>(value, nameof(Network.Preprocessing)) ?? default);
    }

    private static Matrix ReadMatrix(object? item, int number)
    {
        if (item is null || !ObjectRow.Is(item)
            || ArgumentValue.Unwrap(ObjectRow.Get(item, nameof(Matrix.Rows))) is not IList rows)
        {
            throw Wrong(
                $"parameter {number + 1} has no Rows: a greater -Depth of ConvertTo-Json keeps them, such as 9");
        }

        return new Matrix(rows);
    }

    private static T? ReadName<T>(object value, string name)
        where T : struct, Enum
    {
        string? text = ObjectRow.Text(ObjectRow.Get(value, name));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Enum.TryParse(text, ignoreCase: true, out T parsed) && Enum.IsDefined(parsed)
            ? parsed
            : throw Wrong($"its {name} is '{text}'; expected one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    private static int? ReadSeed(object value)
    {
        string? text = ObjectRow.Text(ObjectRow.Get(value, nameof(Network.Seed)));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed)
            ? seed
            : throw Wrong($"its Seed is '{text}', not a whole number");
    }

    private static DataFormatException Wrong(string what) => new(
        "NetworkJsonInvalid", "The network", $"{what}. Expected a network as ConvertTo-Json -Depth 9 writes it.");
}
