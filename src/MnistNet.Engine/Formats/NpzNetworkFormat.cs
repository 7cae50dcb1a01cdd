using System.Text;
using System.Text.Json;

namespace MnistNet;

/// <summary>
/// Networks for NumPy: arrays W1 (outputs × inputs), b1 (outputs), W2, b2 …, and beside them <c>metadata</c>, the bytes
/// of a JSON object. Numbers are float32 when that holds all of them exactly, and float64 otherwise.
/// </summary>
internal sealed class NpzNetworkFormat : INetworkFormat
{
    private const string MetadataName = "metadata";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <inheritdoc/>
    public NetworkFileFormat Format => NetworkFileFormat.Npz;

    /// <inheritdoc/>
    public string Extension => ".npz";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith(NpzFile.Magic);

    /// <inheritdoc/>
    public void Write(Stream stream, Network network, TrainingResult? training, NetworkFileOptions options)
    {
        bool isSingle = network.HoldsFloat32;
        var arrays = new List<KeyValuePair<string, NpyArray>>();
        foreach (Matrix matrix in network.Parameters)
        {
            double[] values = NetworkNumbers.RowMajor(matrix);
            int[] shape =
                matrix.ColumnCount == 1 && matrix.Name.StartsWith('b') ? [matrix.RowCount] : [
                    matrix.RowCount, matrix.ColumnCount,
                ];
            arrays.Add(new(matrix.Name, isSingle
                ? NpyArray.Of(Array.ConvertAll(values, value => (float)value), shape)
                : NpyArray.Of(values, shape)));
        }

        byte[] facts = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string>(NetworkMetadata.Describe(network, training)));
        arrays.Add(new(MetadataName, NpyArray.Of(facts, facts.Length)));
        NpzFile.Write(stream, arrays);
    }

    /// <inheritdoc/>
    public Network Read(Stream stream, NetworkReading reading)
    {
        Dictionary<string, NpyArray> arrays = NpzFile.Read(stream, reading.Path);
        Dictionary<string, string>? facts =
            arrays.Remove(MetadataName, out NpyArray? metadata) ? ReadFacts(metadata, reading) : null;
        foreach ((string name, NpyArray array) in arrays)
        {
            if (array.Kind != NpyKind.Float)
            {
                throw reading.Fail("NpzTypeUnsupported",
                    $"{name} has numbers of the type {array.TypeText}; weights are f2, f4 or f8.");
            }
        }

        ForeignArray[] all =
            [.. arrays.Select(array => new ForeignArray(array.Key, array.Value.Shape, at => array.Value[at]))];
        return facts?.GetValueOrDefault("format") == NetworkMetadata.Format
            ? NetworkMetadata.Build(OwnParameters(all, reading), facts, reading.Fail)
            : NetworkMetadata.BuildForeign(ForeignParameters.Order(all, reading), null, reading);
    }

    /// <summary>W1, b1, W2, b2 … of a file of our own, and no others.</summary>
    private static List<Matrix> OwnParameters(ForeignArray[] arrays, NetworkReading reading)
    {
        var parameters = new List<Matrix>();
        for (int l = 1; 2 * l <= arrays.Length; l++)
        {
            ForeignArray? w = Array.Find(arrays, array => array.Name == $"W{l}" && array.Shape.Length == 2);
            ForeignArray? b = Array.Find(arrays, array => array.Name == $"b{l}" && array.Shape.Length == 1);
            if (w is not null && b is not null && w.Length > 0 && b.Length > 0)
            {
                parameters.Add(w.ToMatrix(w.Name, transposed: false));
                parameters.Add(b.ToColumn(b.Name));
            }
        }

        return parameters.Count == arrays.Length && parameters.Count > 0
            ? parameters
            : throw reading.Fail(
                "NetworkArraysUnknown",
                $"found {string.Join(", ", arrays.Take(12).Select(array => $"{array.Name} {array.ShapeText}"))}; "
                    + "expected W1, b1, W2, b2 …, each W outputs × inputs and each b a vector, and no others.");
    }

    private static Dictionary<string, string> ReadFacts(NpyArray metadata, NetworkReading reading)
    {
        if (metadata.Size != 1)
        {
            throw reading.Fail("MetadataInvalid",
                $"its metadata are numbers of the type {metadata.TypeText}; expected the bytes of a JSON object.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(metadata.Bytes, Strict);
            return document.RootElement.EnumerateObject().ToDictionary(
                fact => fact.Name, fact => fact.Value.GetString() ?? "", StringComparer.Ordinal);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw reading.Fail("MetadataInvalid", $"its metadata are not a JSON object of texts: {exception.Message}");
        }
    }
}
