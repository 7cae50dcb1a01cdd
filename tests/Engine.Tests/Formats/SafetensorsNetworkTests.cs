using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

public sealed class SafetensorsNetworkTests : IDisposable
{
    private static readonly SafetensorsNetworkFormat Format = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_comes_back_as_it_was()
    {
        Arbitrary<Network> networks = (
            from depth in Gen.Choose(0, 4)
            from hidden in Gen.ArrayOf(Gen.Choose(1, 20), depth)
            from activation in Gen.Elements(Enum.GetValues<Activation>())
            from initializer in Gen.Elements(Enum.GetValues<Initializer>())
            from seed in Gen.Choose(int.MinValue, int.MaxValue)
            from inputs in Gen.Choose(1, 30)
            select Network.Create(hidden, activation, initializer, seed, inputs)).ToArbitrary();

        Prop.ForAll(networks, network =>
        {
            byte[] bytes = Write(network);
            AssertSame(network, Read(bytes));
            Assert.Equal(bytes, Write(Read(bytes)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Numbers_of_any_precision_come_back_exactly()
    {
        double[] values = [Math.PI, 1.0 / 3, double.Epsilon, -double.MaxValue, -0.0, 1];
        var network = new Network(
            [
                new Matrix(new double[,] { { values[0], values[1] }, { values[2], values[3] } }),
                new Matrix(new double[,] { { values[4] }, { values[5] } }),
            ],
            Activation.Sigmoid);

        AssertSame(network, Read(Write(network)));
        Assert.Contains("\"F64\"", Header(Write(network)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_float32_numbers_is_written_as_float32()
        => Assert.DoesNotContain("F64", Header(Write(Network.Create([10]))), StringComparison.Ordinal);

    [Fact]
    public void A_file_composed_by_another_program_is_read_number_for_number()
    {
        // tests/oracles/safetensors.py made it.
        Network network = NetworkFile.Load(Path.Combine(AppContext.BaseDirectory, "oracles", "oracle.safetensors"));

        Assert.Equal("4-3-2 Tanh", network.ToString());
        Assert.Equal(-7, network.Seed);
        Assert.Null(network.Initializer);
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(i / 8.0, network["W1"]![i / 4, i % 4]);
        }

        Assert.Equal([-0.0, 0.25, Math.Pow(2, -140)], Enumerable.Range(0, 3).Select(r => network["b1"]![r, 0]));
        Assert.True(double.IsNegative(network["b1"]![0, 0]));
        Assert.Equal(
            [1 + Math.Pow(2, -40), -2, 3, -4, 5, -6], Enumerable.Range(0, 6).Select(i => network["W2"]![i / 3, i % 3]));
        Assert.Equal([0.5, -0.5], Enumerable.Range(0, 2).Select(r => network["b2"]![r, 0]));
    }

    [Fact]
    public void The_bytes_are_laid_out_as_the_format_says()
    {
        var network = new Network(
            [new Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), new Matrix(new double[,] { { 5 }, { 6 } })],
            Activation.ReLU);

        byte[] bytes = Write(network);

        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, (8 + length) % 8);
        JsonNode header = JsonNode.Parse(Header(bytes))!;
        Assert.Equal("[2,2]", header["W1"]!["shape"]!.ToJsonString());
        Assert.Equal("[0,16]", header["W1"]!["data_offsets"]!.ToJsonString());
        Assert.Equal("[16,24]", header["b1"]!["data_offsets"]!.ToJsonString());
        float[] numbers =
        [
            .. Enumerable.Range(0, 6)
                .Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + (4 * i)))),
        ];
        Assert.Equal([1, 2, 3, 4, 5, 6], numbers);
    }

    [Fact]
    public void The_metadata_tells_of_the_network_and_its_training()
    {
        Network network = Network.Create([10], Activation.Tanh, Initializer.Xavier, seed: 3);
        var result = new TrainingResult
        {
            Network = network,
            Alpha = 0.1,
            Iterations = 700,
            TrainAccuracy = 0.9069,
            TestAccuracy = null,
            Loss = 0.33,
            Seconds = 7,
            ImagesPerSecond = 6e6,
            StopReason = StopReason.Completed,
            Seed = 5,
            Settings = new TrainingSettings(),
            Data = "MNIST train",
            History = [],
        };

        NetworkFile.Save(result, _folder["a.safetensors"]);

        JsonNode metadata = JsonNode.Parse(Header(File.ReadAllBytes(_folder["a.safetensors"])))!["__metadata__"]!;
        var expected = new Dictionary<string, string>
        {
            ["architecture"] = "784-10-10",
            ["activation"] = "Tanh",
            ["initializer"] = "Xavier",
            ["seed"] = "3",
            ["data"] = "MNIST train",
            ["alpha"] = "0.1",
            ["iterations"] = "700",
            ["training_seed"] = "5",
            ["train_accuracy"] = "0.9069",
            ["optimizer"] = "GradientDescent",
            ["stop_reason"] = "Completed",
        };
        Assert.All(expected, pair => Assert.Equal(pair.Value, (string?)metadata[pair.Key]));
        Assert.Null(metadata["test_accuracy"]);
        AssertSame(network, NetworkFile.Load(_folder["a.safetensors"]));
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "\"F32\"", "\"F8_E4M3\"", "SafetensorsTypeUnsupported" },
        { "\"F32\"", "32", "SafetensorsTypeUnsupported" },
        { "[3,2]", "[2,3]", "SafetensorsShapeInvalid" },
        { "[3,2]", "[6]", "SafetensorsShapeInvalid" },
        { "[3,2]", "[3,2,1]", "SafetensorsShapeInvalid" },
        { "[3,2]", "[3,-2]", "SafetensorsShapeInvalid" },
        { "[3,2]", "[1.5,4]", "SafetensorsShapeInvalid" },
        { "[3,2]", "[3,0]", "SafetensorsOffsetsInvalid" },
        { "[3,2]", "[4294967297,2]", "SafetensorsShapeInvalid" },
        { "[3,2]", "[2147483647,2147483647,2147483647]", "SafetensorsOffsetsInvalid" },
        { "[0,24]", "[0,20]", "SafetensorsOffsetsInvalid" },
        { "[0,24]", "[24,0]", "SafetensorsOffsetsInvalid" },
        { "[0,24]", "[0,24,48]", "SafetensorsOffsetsInvalid" },
        { "[24,36]", "[12,24]", "SafetensorsOffsetsInvalid" },
        { "[24,36]", "[28,40]", "SafetensorsOffsetsInvalid" },
        { "\"b1\"", "\"W1\"", "SafetensorsHeaderInvalid" },
        { "\"b1\"", "\"c1\"", "SafetensorsTensorMissing" },
        { "\"shape\":[3,1],", "", "SafetensorsHeaderInvalid" },
        { "\"shape\":[3,1]", "\"shape\":[3,1],\"more\":1", "SafetensorsHeaderInvalid" },
        { "\"activation\":\"ReLU\"", "\"activation\":\"1\"", "MetadataInvalid" },
        { "\"activation\":\"ReLU\"", "\"activation\":\"Swish\"", "MetadataInvalid" },
        { "\"activation\":\"ReLU\"", "\"activation\":1", "SafetensorsHeaderInvalid" },
        { "\"activation\":\"ReLU\"", "\"other\":\"ReLU\"", "ActivationMissing" },
        { "\"seed\":\"9\"", "\"seed\":\"nine\"", "MetadataInvalid" },
        { "\"seed\":\"9\"", "\"activation\":\"ReLU\"", "SafetensorsHeaderInvalid" },
        { "\"2-3-10\"", "\"2-4-10\"", "ArchitectureMismatch" },
        { "\"format_version\":\"1\"", "\"format_version\":\"3\"", "NewerVersion" },
        { "{\"__metadata__\"", "[\"__metadata__\"", "SafetensorsHeaderInvalid" },
        { "{\"__metadata__\"", "{\"__metadata__\":[],\"other\"", "SafetensorsHeaderInvalid" },
        { "\"2-3-10\"", "\"\\ud800\"", "SafetensorsHeaderInvalid" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_faulty_header_is_refused_with_the_reason(string found, string replacement, string errorId)
    {
        byte[] sound = Write(Network.Create([3], seed: 9, inputs: 2));
        string header = Header(sound);
        Assert.Contains(found, header, StringComparison.Ordinal);
        int at = header.IndexOf(found, StringComparison.Ordinal);

        byte[] faulty = Compose(header[..at] + replacement + header[(at + found.Length)..], Body(sound));

        DataFormatException exception = Assert.Throws<DataFormatException>(() => Read(faulty));
        Assert.Equal(errorId, exception.ErrorId);
        Assert.StartsWith("net.safetensors: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf_8_in_the_header_is_refused()
    {
        byte[] sound = Write(Network.Create([3], inputs: 2));
        int at = sound.AsSpan().IndexOf("ReLU"u8);
        sound[at] = 0xFF;

        Assert.Equal("SafetensorsHeaderInvalid", Assert.Throws<DataFormatException>(() => Read(sound)).ErrorId);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "infinite")]
    public void A_weight_that_is_no_finite_number_is_refused_by_its_place(double value, string word)
    {
        byte[] bytes = Write(Network.Create([3], inputs: 2));
        int body = bytes.Length - Body(bytes).Length;
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(body + 12), (float)value);

        DataFormatException exception = Assert.Throws<DataFormatException>(() => Read(bytes));

        Assert.Equal("SafetensorsNumberNotFinite", exception.ErrorId);
        Assert.Contains("W1[1, 1]", exception.Message, StringComparison.Ordinal);
        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] sound = Write(Network.Create([3], inputs: 2));

        for (int length = 0; length < sound.Length; length++)
        {
            Assert.Equal(
                "SafetensorsTruncated", Assert.Throws<DataFormatException>(() => Read(sound[..length])).ErrorId);
        }
    }

    [Fact]
    public void Bytes_after_the_last_tensor_are_refused()
        => Assert.Equal(
            "SafetensorsOffsetsInvalid",
            Assert.Throws<DataFormatException>(() => Read([.. Write(Network.Create([3], inputs: 2)), 0])).ErrorId);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1_000_000_000)]
    public void A_header_that_claims_to_be_huge_is_refused_before_memory_is_taken(ulong claimed)
    {
        byte[] bytes = Write(Network.Create([3], inputs: 2));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimed);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("SafetensorsHeaderTooLarge", Assert.Throws<DataFormatException>(() => Read(bytes)).ErrorId);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_page_of_html_is_refused()
        => Assert.Equal(
            "SafetensorsHeaderTooLarge",
            Assert.Throws<DataFormatException>(() => Read(Encoding.UTF8.GetBytes(
                "<!DOCTYPE html><html><body>404</body></html>"))).ErrorId);

    [Fact]
    public void Mutated_files_give_a_network_or_a_format_error_and_nothing_else()
    {
        byte[] sound = Write(Network.Create([3], seed: 9, inputs: 2));
        Gen<Func<byte[], byte[]>> mutation = Gen.OneOf<Func<byte[], byte[]>>(
            from at in Gen.Choose(0, sound.Length - 1)
            from value in Gen.Choose(0, 255)
            select (Func<byte[], byte[]>)(bytes => At(bytes, at, rest => [(byte)value, .. rest.Skip(1)])),
            from at in Gen.Choose(0, sound.Length - 1)
            from count in Gen.Choose(1, 40)
            select (Func<byte[], byte[]>)(bytes => At(bytes, at, rest => rest.Skip(count))),
            from at in Gen.Choose(0, sound.Length - 1)
            from more in Gen.ArrayOf(Gen.Choose(0, 255))
            select (Func<byte[], byte[]>)(bytes =>
                At(bytes, at, rest => more.Select(value => (byte)value).Concat(rest))),
            from at in Gen.Choose(8, Header(sound).Length)
            from digit in Gen.Elements("0123456789{}[],:\"-eE. ".ToCharArray())
            select (Func<byte[], byte[]>)(bytes => At(bytes, at, rest => [(byte)digit, .. rest.Skip(1)])));

        Prop.ForAll(Gen.ArrayOf(mutation).ToArbitrary(), mutations =>
        {
            byte[] bytes = mutations.Aggregate(sound, (current, mutate) => mutate(current));
            try
            {
                Assert.True(Read(bytes).Parameters.All(matrix => matrix.IsFinite()));
            }
            catch (DataFormatException)
            {
                // Refused, as it should be.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        static byte[] At(byte[] bytes, int at, Func<IEnumerable<byte>, IEnumerable<byte>> change)
            => [.. bytes.Take(at), .. change(bytes.Skip(at))];
    }

    [Fact]
    public void A_full_disk_is_reported_and_leaves_the_old_file()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full here.");
        Network network = Network.Create([100]);
        NetworkFile.Save(network, _folder["a.safetensors"]);
        byte[] old = File.ReadAllBytes(_folder["a.safetensors"]);

        Assert.Throws<IOException>(() => AtomicFile.Write(_folder["a.safetensors"], _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            Format.Write(full, Network.Create([100], seed: 1), null, new NetworkFileOptions());
        }));

        Assert.Equal(old, File.ReadAllBytes(_folder["a.safetensors"]));
        Assert.Equal(["a.safetensors"], _folder.Names);
    }

    [Theory]
    [InlineData("network.txt", "the extension .txt")]
    [InlineData("network", "no extension")]
    public void An_unknown_extension_is_refused_with_the_ones_there_are(string name, string found)
    {
        SettingException save =
            Assert.Throws<SettingException>(() => NetworkFile.Save(Network.Create([3]), _folder[name]));
        SettingException load = Assert.Throws<SettingException>(() => NetworkFile.Load(_folder[name]));

        Assert.All([save, load], exception =>
        {
            Assert.Equal("UnknownNetworkFormat", exception.ErrorId);
            Assert.Contains(found, exception.Message, StringComparison.Ordinal);
            Assert.Contains(".safetensors", exception.Message, StringComparison.Ordinal);
        });
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Extensions_are_known_in_any_case()
    {
        NetworkFile.Save(Network.Create([3]), _folder["A.SafeTensors"]);

        Assert.Equal("784-3-10", NetworkFile.Load(_folder["A.SafeTensors"]).Shape);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_pipe_is_refused_without_waiting_for_it()
    {
        string pipe = _folder.MakePipe("a.safetensors");

        await Task.Run(
            () => Assert.Equal("FileEmpty", Assert.Throws<DataFormatException>(() => NetworkFile.Load(pipe)).ErrorId),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_missing_file_is_reported_as_missing()
        => Assert.Throws<FileNotFoundException>(() => NetworkFile.Load(_folder["missing.safetensors"]));

    private static byte[] Write(Network network)
    {
        using var stream = new MemoryStream();
        Format.Write(stream, network, null, new NetworkFileOptions());
        return stream.ToArray();
    }

    private static Network Read(byte[] bytes) =>
        Format.Read(new MemoryStream(bytes), new NetworkReading("net.safetensors", new NetworkFileOptions()));

    private static string Header(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes, 8, (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes));

    private static byte[] Body(byte[] bytes) => bytes[(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes))..];

    private static byte[] Compose(string header, byte[] body)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return [.. length, .. text, .. body];
    }

    private static void AssertSame(Network expected, Network actual)
    {
        Assert.Equal(expected.ToString(), actual.ToString());
        Assert.Equal(expected.Initializer, actual.Initializer);
        Assert.Equal(expected.Seed, actual.Seed);
        foreach ((Matrix left, Matrix right) in expected.Parameters.Zip(actual.Parameters))
        {
            Assert.Equal(left.ToString(), right.ToString());
            for (int r = 0; r < left.RowCount; r++)
            {
                for (int c = 0; c < left.ColumnCount; c++)
                {
                    Assert.Equal(
                        BitConverter.DoubleToInt64Bits(left[r, c]), BitConverter.DoubleToInt64Bits(right[r, c]));
                }
            }
        }
    }
}
