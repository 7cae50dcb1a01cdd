using System.IO.Compression;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Serialization;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>
/// What travels with an object through Clixml, a job or a session, so that it can be made again on the other side to
/// the bit: a JSON text in which a network is its safetensors bytes. It may come from anywhere and is checked as a file
/// is.
/// </summary>
public static class ObjectPayload
{
    /// <summary>The name of the hidden property that carries it.</summary>
    internal const string Property = "Payload";

    /// <summary>A set of more pixels is not sent: it is quicker imported on the other side.</summary>
    internal const long MaximumPixels = 32_000_000;

    private static readonly JsonSerializerOptions s_options = new()
    {
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter(allowIntegerValues: false),
            new NetworkConverter(),
            new MatrixConverter(),
            new DigitConverter(),
            new DigitSetConverter(),
            new DatasetConverter(),
            new ConfusionConverter(),
            new EvaluationConverter(),
            new SnapshotConverter(),
        },
    };

    /// <summary>The payload of an object; called by the types file of the module.</summary>
    /// <param name="item">The object.</param>
    public static string Of(PSObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return JsonSerializer.Serialize(item.BaseObject, s_options);
    }

    /// <summary>Makes the object again.</summary>
    /// <exception cref="DataFormatException">The payload is missing or not of this type.</exception>
    internal static object Read(PSObject item, Type type)
    {
        if (ArgumentValue.Unwrap(item.Properties[Property]?.Value) is not string payload)
        {
            throw Missing(item, type.Name);
        }

        try
        {
            return JsonSerializer.Deserialize(payload, type, s_options)
                ?? throw new DataFormatException("PayloadInvalid", $"The {type.Name}", "its payload is empty.");
        }
        catch (Exception exception) when (
            exception is JsonException or FormatException or InvalidDataException or ArgumentException
                or NotSupportedException or MnistNetException)
        {
            throw new DataFormatException(
                "PayloadInvalid",
                $"The {type.Name}",
                $"it was changed on its way, or comes from another version of the module. {exception.Message}",
                exception);
        }
    }

    /// <summary>Why an object that came back could not be made again, and what to do.</summary>
    internal static DataFormatException Explain(object deserialized)
    {
        var item = PSObject.AsPSObject(deserialized);
        string name = ObjectRow.FormerType(deserialized) ?? "";
        try
        {
            Read(item, typeof(Network).Assembly.GetType(name, throwOnError: true)!);
        }
        catch (DataFormatException exception)
        {
            return exception;
        }

        return Missing(item, name);
    }

    /// <summary>Whether an object was a digit, a set or a dataset before it was serialized.</summary>
    internal static bool WasData(object item)
        => ObjectRow.FormerType(item) is "MnistNet.Digit" or "MnistNet.DigitSet" or "MnistNet.MnistDataset";

    private static DataFormatException Missing(PSObject item, string name)
    {
        return new DataFormatException(
            "PayloadMissing",
            $"The {name.Split('.')[^1]}",
            WasData(item)
                ? $"it came back from a job or a file without its digits: sets of more than "
                    + $"{MaximumPixels / 1_000_000} MB are not sent. Import them on the other side, with Import-Mnist."
                : "it came back from a job or a file without its weights: it was sent by another version of the "
                    + "module, "
                    + "or as a part of something else. Send it with Export-Network, and read it with Import-Network.");
    }

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static byte[] Expand(byte[] packed, long size)
    {
        if (size is < 0 or > MaximumPixels)
        {
            throw new InvalidDataException(
                Invariant($"It claims {size:N0} pixels; at most {MaximumPixels:N0} are sent."));
        }

        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new byte[size];
        gzip.ReadExactly(bytes);
        return gzip.ReadByte() < 0 ? bytes : throw new InvalidDataException("It holds more pixels than it claims.");
    }

    private sealed class NetworkConverter : JsonConverter<Network>
    {
        private sealed record Parts(string Name, byte[] Safetensors);

        public override Network Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Parts parts = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            Network network = new SafetensorsNetworkFormat().Read(
                new MemoryStream(parts.Safetensors), new NetworkReading("its weights", new NetworkFileOptions()));
            return parts.Name.Length == 0 ? network : network.Named(parts.Name);
        }

        public override void Write(Utf8JsonWriter writer, Network value, JsonSerializerOptions options)
        {
            using var stream = new MemoryStream();
            new SafetensorsNetworkFormat().Write(stream, value, null, new NetworkFileOptions());
            JsonSerializer.Serialize(writer, new Parts(value.Name, stream.ToArray()), options);
        }
    }

    private sealed class MatrixConverter : JsonConverter<Matrix>
    {
        private sealed record Parts(string Name, double[][] Rows);

        public override Matrix Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Parts parts = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            return new Matrix(parts.Rows).Named(parts.Name);
        }

        public override void Write(Utf8JsonWriter writer, Matrix value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, new Parts(value.Name, [.. value.Rows]), options);
    }

    private sealed class DigitConverter : JsonConverter<Digit>
    {
        private sealed record Parts(
            int Index, string Set, int? Label, int Rows, int Columns, string? Source, byte[] Pixels);

        public override Digit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Parts d = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            return d.Label is < 0 or >= DigitSet.ClassCount || d.Rows < 1 || d.Columns < 1
                || (long)d.Rows * d.Columns != d.Pixels.Length
                ? throw new InvalidDataException("Its pixels or its label do not fit it.")
                : new Digit(d.Index, d.Label, d.Pixels, d.Rows, d.Columns, d.Source, d.Set);
        }

        public override void Write(Utf8JsonWriter writer, Digit value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(
                writer,
                new Parts(
                    value.Index, value.Set, value.Label, value.Rows, value.Columns, value.Source, value.Pixels),
                options);
    }

    private sealed class DigitSetConverter : JsonConverter<DigitSet>
    {
        private sealed record Parts(
            string Name,
            int Count,
            int Rows,
            int Columns,
            byte[] Pixels,
            byte[]? Labels,
            int[]? Indexes,
            string?[]? Sources);

        public override DigitSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Parts s = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            if (s.Count < 0 || s.Rows is < 1 or > 10_000 || s.Columns is < 1 or > 10_000)
            {
                throw new InvalidDataException("Its sizes are not those of a set.");
            }

            byte[] pixels = Expand(s.Pixels, (long)s.Count * s.Rows * s.Columns);
            return s.Sources is not null && s.Sources.Length != s.Count
                ? throw new InvalidDataException("Its sources are not those of its digits.")
                : new DigitSet(s.Name, pixels, s.Labels, s.Rows, s.Columns, s.Indexes) { Sources = s.Sources };
        }

        public override void Write(Utf8JsonWriter writer, DigitSet value, JsonSerializerOptions options)
        {
            if (value.Pixels.Length > MaximumPixels)
            {
                // PowerShell leaves a property out that cannot be read: the other side says what is missing.
                throw new NotSupportedException($"{value} is too large to be sent.");
            }

            byte[]? labels = value.IsLabeled ? value.Labels.ToArray() : null;
            JsonSerializer.Serialize(
                writer,
                new Parts(
                    value.Name, value.Count, value.Rows, value.Columns, Compress(value.Pixels), labels, value.Indexes,
                    value.Sources),
                options);
        }
    }

    private sealed class DatasetConverter : JsonConverter<MnistDataset>
    {
        private sealed record Parts(string Name, DigitSet Train, DigitSet Test, string Source);

        public override MnistDataset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Parts d = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            return new MnistDataset(d.Name, d.Train, d.Test, d.Source);
        }

        public override void Write(Utf8JsonWriter writer, MnistDataset value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, new Parts(value.Name, value.Train, value.Test, value.Source), options);
    }

    private sealed class ConfusionConverter : JsonConverter<ConfusionMatrix>
    {
        public override ConfusionMatrix Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            int[][] rows = JsonSerializer.Deserialize<int[][]>(ref reader, options)!;
            if (rows.Length != DigitSet.ClassCount
                || rows.Any(row => row.Length != DigitSet.ClassCount || row.Any(n => n < 0))
                || rows.Sum(row => row.Sum(n => (long)n)) > int.MaxValue)
            {
                throw new InvalidDataException("Its counts are not those of ten classes.");
            }

            var confusion = new ConfusionMatrix();
            for (int label = 0; label < rows.Length; label++)
            {
                for (int c = 0; c < rows.Length; c++)
                {
                    confusion.Add(label, c, rows[label][c]);
                }
            }

            return confusion;
        }

        public override void Write(Utf8JsonWriter writer, ConfusionMatrix value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, value.Rows, options);
    }

    private sealed class SnapshotConverter : JsonConverter<TrainingSnapshot>
    {
        private sealed record Parts(int Iteration, int Epoch, Matrix W1, ConfusionMatrix Confusion);

        public override TrainingSnapshot Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Parts s = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            return new TrainingSnapshot(s.Iteration, s.Epoch, s.W1, s.Confusion.ToArray());
        }

        public override void Write(Utf8JsonWriter writer, TrainingSnapshot value, JsonSerializerOptions options)
        {
            var confusion = new ConfusionMatrix();
            int[,] counts = value.GetConfusion();
            for (int label = 0; label < DigitSet.ClassCount; label++)
            {
                for (int c = 0; c < DigitSet.ClassCount; c++)
                {
                    confusion.Add(label, c, counts[label, c]);
                }
            }

            JsonSerializer.Serialize(
                writer, new Parts(value.Iteration, value.Epoch, value.W1, confusion), options);
        }
    }

    private sealed class EvaluationConverter : JsonConverter<Evaluation>
    {
        private sealed record Parts(Network[] Networks, string Data, ConfusionMatrix Confusion, double Loss);

        public override Evaluation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Parts e = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            return e.Networks.Length == 0 || e.Confusion.Total == 0
                ? throw new InvalidDataException("It was made with no network, or of no digits.")
                : new Evaluation(e.Networks, e.Data, e.Confusion, e.Loss);
        }

        public override void Write(Utf8JsonWriter writer, Evaluation value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(
                writer, new Parts([.. value.Networks], value.Data, value.Confusion, value.Loss), options);
    }
}
