using System.Buffers.Binary;
using System.Text.Json;
using static System.FormattableString;

namespace MnistNet;

/// <summary>The network as it lies in the page, or why it does not.</summary>
internal sealed class PageNetwork
{
    /// <summary>The encoding of the numbers in two bytes.</summary>
    public const string Half = "float16";

    private const string Single = "float32";

    /// <summary>Beyond this many bytes of float32, numbers are rounded to float16.</summary>
    private const int MostSingleBytes = 2_000_000;

    /// <summary>Beyond this many parameters a page would take too long to open: 8 MB of float16.</summary>
    private const int MostParameters = 4_000_000;

    private readonly Network _network;

    private PageNetwork(Network network) => _network = network;

    /// <summary>Why the network is not in the page; null when it is.</summary>
    public string? Omitted { get; private init; }

    /// <summary>How the numbers are encoded.</summary>
    public string Encoding { get; private init; } = Single;

    /// <summary>Decides whether and how a network goes into the page.</summary>
    public static PageNetwork Of(Network network)
    {
        string? omitted = network switch
        {
            { Inputs: not DigitFraming.PixelCount } => Invariant(
                $"a drawing is framed in {DigitFraming.Side}×{DigitFraming.Side} pixels, and this network looks at ")
                + ReportNumbers.Count(network.Inputs, "pixel"),
            { Outputs: not DigitSet.ClassCount } => Invariant(
                $"this network tells {network.Outputs} classes apart, not {DigitSet.ClassCount}"),
            { ParameterCount: > MostParameters } => Invariant(
                $"the {network.ParameterCount:N0} parameters of this network would make the page too heavy to open, ")
                + Invariant($"and up to {MostParameters:N0} go into one"),
            _ => null,
        };
        bool isSingle = (long)network.ParameterCount * sizeof(float) <= MostSingleBytes;
        return new PageNetwork(network)
        {
            Omitted = omitted ?? (isSingle || FitsHalf(network)
                ? null
                : "some weights of this network are too large for float16, and in float32 they would be too heavy"),
            Encoding = isSingle ? Single : Half,
        };
    }

    /// <summary>Writes it as JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("omitted", Omitted);
        if (Omitted is not null)
        {
            json.WriteNull("network");
            return;
        }

        json.WriteStartObject("network");
        json.WriteStartArray("layers");
        foreach (int width in _network.Layers.Select(layer => layer.Outputs).Prepend(_network.Inputs))
        {
            json.WriteNumberValue(width);
        }

        json.WriteEndArray();
        json.WriteString("activation", _network.Activation.ToString());
        json.WriteString("preprocessing", _network.Preprocessing.ToString());
        json.WriteNumber("width", DigitFraming.Side);
        json.WriteNumber("height", DigitFraming.Side);
        json.WriteString("encoding", Encoding);
        json.WriteBase64String("weights", Bytes());
        json.WriteEndObject();
    }

    /// <summary>W1, b1, W2, b2 …, each row after row.</summary>
    private byte[] Bytes()
    {
        int size = Encoding == Half ? 2 : sizeof(float), place = 0;
        var bytes = new byte[_network.ParameterCount * size];
        foreach (Matrix matrix in _network.Parameters)
        {
            for (int row = 0; row < matrix.RowCount; row++)
            {
                for (int column = 0; column < matrix.ColumnCount; column++, place += size)
                {
                    double value = matrix.Values.At(row, column);
                    if (Encoding == Half)
                    {
                        BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(place), (System.Half)value);
                    }
                    else
                    {
                        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(place), (float)value);
                    }
                }
            }
        }

        return bytes;
    }

    private static bool FitsHalf(Network network) => network.Parameters
        .All(matrix => Array.TrueForAll(matrix.Values.Values, value => System.Half.IsFinite((System.Half)value)));
}
