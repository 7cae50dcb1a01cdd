using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Json.Schema;

namespace MnistNet.Tests;

/// <summary>JSON of networks: as docs/network.schema.json says, and read piece by piece.</summary>
public sealed class JsonNetworkTests
{
    private static readonly JsonNetworkFormat s_format = new();

    private static readonly JsonSchema s_schema =
        JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, "docs", "network.schema.json"));

    [Fact]
    public void What_is_written_is_as_the_schema_says()
    {
        Prop.ForAll(
            FormatNetworks.Any(),
            network => Assert.True(IsValid(FormatNetworks.Write(s_format, network)))).QuickCheckThrowOnFailure();
        Assert.True(IsValid(FormatNetworks.Write(s_format, FormatNetworks.Float64())));
    }

    [Fact]
    public void What_is_written_of_a_training_is_as_the_schema_says()
    {
        DigitSet digits = SmallDigits.Make(60);
        var settings = new TrainingSettings
        {
            Iterations = 4,
            BatchSize = 20,
            Optimizer = Optimizer.Adam,
            Alpha = 1e-5,
            ValidationFraction = 0.2,
        };
        var network = Network.Create([3], preprocessing: Preprocessing.MomentNormalization);
        TrainingResult result = Trainer.Train(network, digits, digits, settings);
        using var stream = new MemoryStream();
        s_format.Write(stream, result.Network, result, new NetworkFileOptions());

        Assert.True(IsValid(stream.ToArray()));
        var known = (JsonObject)JsonNode.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "network.schema.json")))!["properties"]!;
        string[] told = [.. JsonNode.Parse(stream.ToArray())!.AsObject().Select(property => property.Key)];
        Assert.Contains("alpha", told);
        Assert.Contains("batch_size", told);
        Assert.Contains("validation_accuracy", told);
        Assert.All(told, name => Assert.True(known.ContainsKey(name), $"the schema does not know {name}"));
    }

    [Theory]
    [InlineData("format", "\"something else\"")]
    [InlineData("format", null)]
    [InlineData("format_version", "\"3\"")]
    [InlineData("activation", "\"Softplus\"")]
    [InlineData("activation", null)]
    [InlineData("preprocessing", "\"Unknown\"")]
    [InlineData("number_type", "\"float16\"")]
    [InlineData("number_type", null)]
    [InlineData("parameters", "{}")]
    [InlineData("parameters", "{\"W1\": [[1]], \"b1\": [[1, 2]]}")]
    [InlineData("parameters", "{\"W1\": [[1], []], \"b1\": [[1], [2]]}")]
    [InlineData("parameters", "{\"W1\": [[1], [\"2\"]], \"b1\": [[1], [2]]}")]
    [InlineData("parameters", "{\"W1\": [[1], [null]], \"b1\": [[1], [2]]}")]
    [InlineData("parameters", "{\"W1\": [[1], [2]], \"b1\": [[1], [2]], \"other\": [[1]]}")]
    [InlineData("parameters", null)]
    [InlineData("note", "{}")]
    public void What_the_schema_refuses_the_reader_refuses_too(string name, string? value)
    {
        JsonObject network = JsonNode.Parse(FormatNetworks.Write(s_format, Network.Create([2], inputs: 3)))!.AsObject();
        if (value is null)
        {
            network.Remove(name);
        }
        else
        {
            network[name] = JsonNode.Parse(value);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(network.ToJsonString());
        Assert.False(IsValid(bytes));
        Assert.Throws<DataFormatException>(() => FormatNetworks.Read(s_format, bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_text_is_read_the_same_wherever_its_pieces_begin(string mark)
    {
        const int BufferLength = 1 << 16;
        Network network = Network.Create([3], Activation.Tanh, inputs: 6);
        string text = Encoding.UTF8.GetString(FormatNetworks.Write(s_format, network));
        for (int shift = 1; shift < text.Length; shift += 7)
        {
            byte[] shifted = Encoding.UTF8.GetBytes(mark + new string(' ', BufferLength - shift) + text);
            FormatNetworks.AssertSame(network, FormatNetworks.Read(s_format, shifted));
        }
    }

    [Fact]
    public void A_word_longer_than_a_piece_is_read()
    {
        JsonObject network = JsonNode.Parse(FormatNetworks.Write(s_format, Network.Create([2], inputs: 3)))!.AsObject();
        network.Insert(0, "note", new string('x', 300_000));
        Assert.Equal(
            "3-2-10",
            FormatNetworks.Read(s_format, Encoding.UTF8.GetBytes(network.ToJsonString())).Shape);
    }

    private static bool IsValid(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return s_schema.Evaluate(document.RootElement).IsValid;
    }
}
