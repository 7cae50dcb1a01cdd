using System.Text;
using System.Text.Json;

namespace MnistNet;

/// <summary>
/// The header of a safetensors file: composed, parsed, and held against the file's length before anything else is read.
/// Source of the format: https://github.com/huggingface/safetensors, section "Format" of its README.
/// </summary>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The header of tensors that lie in this order, padded to a multiple of eight bytes.</summary>
    internal static byte[] Compose(
        IReadOnlyList<Tensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (Tensor tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces after the header put the numbers at a multiple of 8 bytes, so that a file can be mapped into memory.
        while (buffer.Length % sizeof(double) != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    /// <summary>The tensors and the metadata that a header tells of.</summary>
    /// <exception cref="DataFormatException">It is not the JSON expected, or a tensor's type, shape and place do not
    /// fit each other.</exception>
    internal static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(
        byte[] header, string path)
    {
        if (header.Length == 0 || header[0] != (byte)'{')
        {
            throw Fail(path, "SafetensorsHeaderInvalid",
                "the header does not begin with '{'; expected a JSON object. Is it a safetensors file at all?");
        }

        try
        {
            // JsonDocument looks at the encoding only of what is asked for.
            _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetCharCount(header);
            using JsonDocument document = JsonDocument.Parse(header, Strict);
            var entries = new List<SafetensorsEntry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                {
                    ReadMetadata(property.Value, metadata, path);
                }
                else
                {
                    entries.Add(ReadEntry(property, path));
                }
            }

            return (entries, metadata);
        }
        catch (Exception exception)
            when (exception is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw Fail(path, "SafetensorsHeaderInvalid",
                $"the header is not the JSON expected of a safetensors file: {exception.Message}", exception);
        }
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fail(path, "SafetensorsHeaderInvalid",
                $"{MetadataKey} is a JSON {element.ValueKind}; expected an object of strings.");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            metadata.Add(property.Name, property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw Fail(path, "SafetensorsHeaderInvalid",
                    $"'{property.Name}' in {MetadataKey} is a JSON {property.Value.ValueKind}; expected a string."));
        }
    }

    private static SafetensorsEntry ReadEntry(JsonProperty property, string path)
    {
        string name = property.Name;
        JsonElement element = property.Value;
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out JsonElement type)
            || !element.TryGetProperty("shape", out JsonElement shape)
            || !element.TryGetProperty("data_offsets", out JsonElement offsets)
            || element.GetPropertyCount() != 3)
        {
            throw Fail(path, "SafetensorsHeaderInvalid",
                $"the entry of tensor {name} is not an object of exactly dtype, shape and data_offsets.");
        }

        string? typeName = type.ValueKind == JsonValueKind.String ? type.GetString() : type.GetRawText();
        if (!Enum.GetNames<TensorType>().Contains(typeName, StringComparer.Ordinal))
        {
            throw Fail(path, "SafetensorsTypeUnsupported",
                $"tensor {name} has the type {typeName}; expected F16, BF16, F32 or F64.");
        }

        if (shape.ValueKind != JsonValueKind.Array || !TryReadNumbers(shape, out long[] sizes)
            || sizes.Any(size => size > int.MaxValue))
        {
            throw Fail(path, "SafetensorsShapeInvalid",
                $"tensor {name} has the shape {Excerpt(shape)}; expected an array of sizes.");
        }

        if (offsets.ValueKind != JsonValueKind.Array || !TryReadNumbers(offsets, out long[] places)
            || places.Length != 2)
        {
            throw Fail(path, "SafetensorsOffsetsInvalid",
                $"tensor {name} has the data_offsets {Excerpt(offsets)}; expected where it begins and where it ends.");
        }

        var entry = new SafetensorsEntry(
            name, Enum.Parse<TensorType>(typeName!), Array.ConvertAll(sizes, size => (int)size), places[0], places[1]);
        long expected = entry.ByteCount;
        if (entry.End - entry.Begin != expected)
        {
            throw Fail(path, "SafetensorsOffsetsInvalid",
                $"tensor {name} of {string.Join('×', entry.Shape)} {entry.Type} needs {expected:N0} bytes; its "
                + $"data_offsets {entry.Begin}–{entry.End} give it {entry.End - entry.Begin:N0}.");
        }

        return entry;
    }

    private static bool TryReadNumbers(JsonElement array, out long[] numbers)
    {
        var list = new List<long>();
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out long number) || number < 0)
            {
                numbers = [];
                return false;
            }

            list.Add(number);
        }

        numbers = [.. list];
        return true;
    }

    /// <summary>
    /// Puts the tensors in the order in which they lie in the file, and throws unless they fill it without gap or
    /// overlap.
    /// </summary>
    internal static void RequireWhole(List<SafetensorsEntry> entries, long bodyLength, string path)
    {
        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        long end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                throw Fail(path, "SafetensorsOffsetsInvalid",
                    $"tensor {entry.Name} begins at {entry.Begin:N0}, where {end:N0} was expected: tensors must "
                    + $"{(entry.Begin < end ? "not overlap" : "follow each other without a gap")}.");
            }

            end = entry.End;
        }

        if (end > bodyLength)
        {
            throw Fail(path, "SafetensorsTruncated",
                $"the header tells of {end:N0} bytes of numbers; found {bodyLength:N0}. The file is cut off.");
        }

        if (end < bodyLength)
        {
            throw Fail(path, "SafetensorsOffsetsInvalid",
                $"the header tells of {end:N0} bytes of numbers; found {bodyLength:N0}: bytes that belong to no "
                + $"tensor.");
        }

        if (entries.Find(entry => entry.End - entry.Begin > Array.MaxLength) is SafetensorsEntry giant)
        {
            throw Fail(path, "SafetensorsShapeInvalid",
                $"tensor {giant.Name} has {giant.End - giant.Begin:N0} bytes; a tensor of at most {Array.MaxLength:N0} "
                + $"can be held.");
        }
    }

    private static string Excerpt(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }

    /// <summary>What is wrong with a file.</summary>
    internal static DataFormatException Fail(string path, string errorId, InvariantText message)
        => new(errorId, path, message);

    /// <summary>The same, with its cause.</summary>
    internal static DataFormatException Fail(string path, string errorId, string message, Exception? cause = null) =>
        new(errorId, path, message, cause);
}
