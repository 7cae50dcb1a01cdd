using System.IO.Compression;
using System.Text;
using Google.Protobuf;

namespace MnistNet.Tests;

/// <summary>What every format keeps of a network beside its numbers, and refuses in a file that is none.</summary>
public sealed class NetworkFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<NetworkFileFormat> Formats => [.. Enum.GetValues<NetworkFileFormat>()];

    public static TheoryData<NetworkFileFormat, NetworkFileFormat> Pairs
    {
        get
        {
            var pairs = new TheoryData<NetworkFileFormat, NetworkFileFormat>();
            foreach (NetworkFileFormat name in Enum.GetValues<NetworkFileFormat>())
            {
                foreach (NetworkFileFormat content in Enum.GetValues<NetworkFileFormat>().Where(other => other != name))
                {
                    pairs.Add(name, content);
                }
            }

            return pairs;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Preprocessing_survives_every_format(NetworkFileFormat format)
    {
        var network = Network.Create([3], preprocessing: Preprocessing.MomentNormalization);
        string path = Save(network, format, format);

        Network read = NetworkFile.Load(path);

        Assert.Equal(Preprocessing.MomentNormalization, read.Preprocessing);
        FormatNetworks.AssertSame(network, read);
        Assert.Contains("MomentNormalization", Encoding.Latin1.GetString(File.ReadAllBytes(path)),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_preprocessing_of_the_future_is_refused(NetworkFileFormat format)
    {
        string path = Save(Network.Create([3], preprocessing: Preprocessing.MomentNormalization), format, format);
        Replace(path, format, "MomentNormalization", "MomentNormalizatioN");

        Assert.Equal("PreprocessingUnknown", Assert.Throws<DataFormatException>(() => NetworkFile.Load(path)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_version_newer_than_known_is_refused_with_both_versions(NetworkFileFormat format)
    {
        string path = Save(Network.Create([3]), format, format);
        (string old, string newer) = format switch
        {
            NetworkFileFormat.Onnx => ("format_version\u0012\u00011", "format_version\u0012\u00019"),
            NetworkFileFormat.Json => ("\"format_version\": \"1\"", "\"format_version\": \"9\""),
            _ => ("\"format_version\":\"1\"", "\"format_version\":\"9\""),
        };
        Replace(path, format, old, newer);

        var fault = Assert.Throws<DataFormatException>(() => NetworkFile.Load(path));

        Assert.Equal("NewerVersion", fault.ErrorId);
        Assert.Contains("version 9", fault.Message, StringComparison.Ordinal);
        Assert.Contains("up to 2", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_extension_that_lies_is_told_by_both_formats(NetworkFileFormat name, NetworkFileFormat content)
    {
        string path = Save(Network.Create([2]), name, content);

        var fault = Assert.Throws<DataFormatException>(() => NetworkFile.Load(path));

        Assert.Equal("FormatMismatch", fault.ErrorId);
        Assert.Contains($"its name says {name}, and its content looks like {content}", fault.Message,
            StringComparison.Ordinal);
        Assert.Equal("784-2-10", NetworkFile.Load(path, new NetworkFileOptions { Format = content }).Network.Shape);
        var wrongly = Assert.Throws<DataFormatException>(
            () => NetworkFile.Load(path, new NetworkFileOptions { Format = name }));
        Assert.Contains($"{name} was asked for", wrongly.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_of_no_format_at_all_is_refused(NetworkFileFormat format)
    {
        string path = PathOf(format);
        foreach (string content in new[] { "<!DOCTYPE html><html>", "hello", "\0\0\u0008\u0003", "%PDF-1.7", "{" })
        {
            File.WriteAllText(path, content);
            Assert.Throws<DataFormatException>(() => NetworkFile.Load(path));
        }

        File.WriteAllBytes(path, []);
        Assert.Equal("FileEmpty", Assert.Throws<DataFormatException>(() => NetworkFile.Load(path)).ErrorId);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_weight_of_NumPy_that_is_not_finite_is_refused(double value)
    {
        string path = PathOf(NetworkFileFormat.Npz);
        foreach (string[] names in new[] { ["W1", "b1"], new[] { "layer.weight", "layer.bias" } })
        {
            using (FileStream stream = File.Create(path))
            {
                var weights = new double[20];
                weights[13] = value;
                NpzFile.Write(
                    stream,
                    [
                        new(names[0], NpyArray.Of(weights, 10, 2)), new(names[1], NpyArray.Of(new double[10], 10)),
                    ],
                    CompressionLevel.NoCompression);
            }

            Assert.Equal("ParameterNotFinite",
                Assert.Throws<DataFormatException>(() => NetworkFile.Load(path)).ErrorId);
        }
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void A_number_of_JSON_beyond_its_type_is_refused(string number)
    {
        string path = PathOf(NetworkFileFormat.Json);
        File.WriteAllText(
            path,
            $$"""
            {"format": "MnistNet network", "activation": "ReLU", "number_type": "float32",
             "parameters": {"W1": [[{{number}}]], "b1": [[0]] }
            }
            """);
        Assert.Equal("JsonInvalid", Assert.Throws<DataFormatException>(() => NetworkFile.Load(path)).ErrorId);
    }

    [Fact]
    public void Weights_in_a_file_beside_an_ONNX_graph_are_refused_by_their_name()
    {
        byte[] external = Message(
            (1, Varint(3)),
            (2, Varint(1)),
            (8, "W1"u8.ToArray()),
            (13, Message((1, "location"u8.ToArray()), (2, "weights.bin"u8.ToArray()))),
            (14, Varint(1)));
        File.WriteAllBytes(PathOf(NetworkFileFormat.Onnx), Message((1, Varint(8)), (7, Message((5, external)))));

        var fault = Assert.Throws<DataFormatException>(() => NetworkFile.Load(PathOf(NetworkFileFormat.Onnx)));

        Assert.Equal("OnnxExternalData", fault.ErrorId);
        Assert.Contains("W1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("weights.bin", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3AFFFFFFFF07")]
    [InlineData("3AFFFFFFFFFFFFFFFFFF01")]
    [InlineData("3A8080808001")]
    [InlineData("3AFF")]
    public void A_message_longer_than_its_file_takes_no_memory(string afterVersion)
    {
        byte[] file = [0x08, 0x08, .. Convert.FromHexString(afterVersion), .. new byte[40]];
        File.WriteAllBytes(PathOf(NetworkFileFormat.Onnx), file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DataFormatException>(() => NetworkFile.Load(PathOf(NetworkFileFormat.Onnx)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_tensor_that_claims_to_be_huge_takes_no_memory()
    {
        byte[] tensor = Message(
            (1, Varint(1 << 30)), (1, Varint(1 << 30)), (2, Varint(1)), (8, "W1"u8.ToArray()), (9, new byte[8]));
        File.WriteAllBytes(PathOf(NetworkFileFormat.Onnx), Message((1, Varint(8)), (7, Message((5, tensor)))));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DataFormatException>(() => NetworkFile.Load(PathOf(NetworkFileFormat.Onnx)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private string PathOf(NetworkFileFormat format) => Path.Combine(
        _folder.Path, "net." + format.ToString().ToLowerInvariant());

    private string Save(Network network, NetworkFileFormat name, NetworkFileFormat content)
    {
        NetworkFile.Save(network, PathOf(name), options: new NetworkFileOptions { Format = content });
        return PathOf(name);
    }

    /// <summary>Replaces a text by another of the same length, and mends the checksum where there is one.</summary>
    private static void Replace(string path, NetworkFileFormat format, string old, string other)
    {
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.Contains(old, text, StringComparison.Ordinal);
        byte[] file = Encoding.Latin1.GetBytes(text.Replace(old, other, StringComparison.Ordinal));
        if (format == NetworkFileFormat.Npz)
        {
            Fuzz.ZipArchives.Repair(file);
        }

        File.WriteAllBytes(path, file);
    }

    private static byte[] Message(params (int Field, object Value)[] fields)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            foreach ((int field, object value) in fields)
            {
                if (value is long number)
                {
                    output.WriteTag(field, WireFormat.WireType.Varint);
                    output.WriteInt64(number);
                }
                else
                {
                    output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(ByteString.CopyFrom((byte[])value));
                }
            }
        }

        return stream.ToArray();
    }

    private static long Varint(long value) => value;
}
