using System.Globalization;
using System.Text.Json;

namespace MnistNet;

/// <summary>
/// Networks as text: an object with the facts of the network, the type of its numbers, and under <c>parameters</c> each
/// matrix as an array of rows. Numbers are the shortest that read back to the same bits in that type. The schema is
/// docs/network.schema.json.
/// </summary>
internal sealed class JsonNetworkFormat : INetworkFormat
{
    private const string TypeKey = "number_type", ParametersKey = "parameters", Single = "float32", Double = "float64";

    /// <summary>What is written goes out before it is longer than this and a row.</summary>
    private const int LongestPending = 1 << 16;

    /// <summary>Text of numbers up to here fits the arrays that hold them.</summary>
    private const long MaximumLength = 1L << 30;

    /// <summary>What some programs put before UTF-8.</summary>
    internal static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <inheritdoc/>
    public NetworkFileFormat Format => NetworkFileFormat.Json;

    /// <inheritdoc/>
    public string Extension => ".json";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) =>
        WithoutMark(start).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <inheritdoc/>
    public void Write(Stream stream, Network network, TrainingResult? training, NetworkFileOptions options)
    {
        bool isSingle = network.HoldsFloat32;
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1 });
        json.WriteStartObject();
        foreach ((string key, string value) in NetworkMetadata.Describe(network, training))
        {
            json.WriteString(key, value);
        }

        json.WriteString(TypeKey, isSingle ? Single : Double);
        json.WriteStartObject(ParametersKey);
        foreach (Matrix matrix in network.Parameters)
        {
            json.WriteStartArray(matrix.Name);
            for (int r = 0; r < matrix.RowCount; r++)
            {
                // A row of numbers is one line: a file with a line a number has millions of them.
                json.WriteRawValue(RowText(matrix, r, isSingle), skipInputValidation: true);
                if (json.BytesPending > LongestPending)
                {
                    json.Flush();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public Network Read(Stream stream, NetworkReading reading)
    {
        if (stream.Length > MaximumLength)
        {
            throw reading.Fail("JsonTooLarge",
                $"it has {stream.Length:N0} bytes; at most {MaximumLength:N0} are read.");
        }

        try
        {
            return Parse(stream, reading);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new DataFormatException(
                "JsonInvalid", reading.Path, $"it is not the JSON of a network: {exception.Message}", exception);
        }
    }

    private static Network Parse(Stream stream, NetworkReading reading)
    {
        var json = new JsonTokens(stream);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, List<double[]>>? matrices = null;
        json.Read();
        if (json.Type != JsonTokenType.StartObject)
        {
            throw reading.Fail("JsonInvalid",
                "it does not begin with an object; expected a network as this module writes it.");
        }

        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            string key = json.GetString();
            json.Read();
            if (key == ParametersKey && matrices is null)
            {
                matrices = ReadMatrices(ref json, IsSingle(facts, reading), reading);
            }
            else if (key == ParametersKey || !facts.TryAdd(key, FactText(ref json)))
            {
                throw reading.Fail("JsonInvalid", $"it has '{key}' twice.");
            }
        }

        if (json.Read())
        {
            throw reading.Fail("JsonInvalid", "something follows its object.");
        }

        if (!facts.TryGetValue("format", out string? format) || format != NetworkMetadata.Format || matrices is null)
        {
            throw reading.Fail(
                "JsonNotANetwork",
                $"it is JSON, but not of a network: expected \"format\": \"{NetworkMetadata.Format}\" and "
                    + $"\"{ParametersKey}\".");
        }

        return NetworkMetadata.Build(
            [.. matrices.Select(pair => ToMatrix(pair.Key, pair.Value, reading))], facts, reading.Fail);
    }

    // A text that float32 reads back to the bit must be read as float32: by way of float64 it could be rounded twice.
    private static bool IsSingle(Dictionary<string, string> facts, NetworkReading reading) =>
        facts.GetValueOrDefault(TypeKey) switch
        {
            Single => true,
            Double => false,
            null => throw reading.Fail("JsonInvalid",
                $"{TypeKey} must stand before {ParametersKey}; it was not found."),
            var other => throw reading.Fail("JsonInvalid", $"its {TypeKey} is {other}; expected {Single} or {Double}."),
        };

    private static Dictionary<string, List<double[]>> ReadMatrices(
        ref JsonTokens json, bool isSingle, NetworkReading reading)
    {
        var matrices = new Dictionary<string, List<double[]>>(StringComparer.Ordinal);
        Require(json.Type == JsonTokenType.StartObject, reading, "its parameters are not an object");
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            string name = json.GetString();
            string expected = $"{(matrices.Count % 2 == 0 ? "W" : "b")}{(matrices.Count / 2) + 1}";
            Require(name == expected, reading, $"its parameters have {name} where {expected} should be");
            var rows = new List<double[]>();
            json.Read();
            Require(json.Type == JsonTokenType.StartArray, reading, $"{name} is not an array of rows");
            while (json.Read() && json.Type == JsonTokenType.StartArray)
            {
                var row = new List<double>(rows.Count == 0 ? 16 : rows[0].Length);
                while (json.Read() && json.Type == JsonTokenType.Number)
                {
                    row.Add(isSingle ? json.GetSingle() : json.GetDouble());
                }

                Require(json.Type == JsonTokenType.EndArray, reading, $"{name} has something else than numbers");
                Require(row.Count > 0 && (rows.Count == 0 || row.Count == rows[0].Length), reading,
                    $"the rows of {name} differ in length, or are empty");
                rows.Add([.. row]);
            }

            Require(
                json.Type == JsonTokenType.EndArray && rows.Count > 0, reading, $"{name} is not an array of rows");
            matrices.Add(name, rows);
        }

        Require(json.Type == JsonTokenType.EndObject, reading, "its parameters are not an object");
        return matrices;
    }

    private static Matrix ToMatrix(string name, List<double[]> rows, NetworkReading reading)
    {
        var values = new double[rows.Count, rows[0].Length];
        for (int r = 0; r < rows.Count; r++)
        {
            for (int c = 0; c < rows[r].Length; c++)
            {
                Require(double.IsFinite(rows[r][c]), reading, $"{name}[{r}, {c}] is beyond the numbers of its type");
                values[r, c] = rows[r][c];
            }
        }

        return new Matrix(values, name);
    }

    private static void Require(bool isTrue, NetworkReading reading, string fault)
    {
        if (!isTrue)
        {
            throw reading.Fail("JsonInvalid", $"{fault}; expected W1, b1, W2, b2 …, each an array of rows of numbers.");
        }
    }

    private static string FactText(ref JsonTokens json) => json.Type switch
    {
        JsonTokenType.String => json.GetString(),
        JsonTokenType.Number => json.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException("a fact of the network is neither a text nor a number."),
    };

    private static string RowText(Matrix matrix, int row, bool isSingle) =>
        "[" + string.Join(", ", Enumerable.Range(0, matrix.ColumnCount).Select(column => isSingle
            ? ((float)matrix[row, column]).ToString("R", CultureInfo.InvariantCulture)
            : matrix[row, column].ToString("R", CultureInfo.InvariantCulture))) + "]";

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
}
