using System.Text.Json;

namespace MnistNet.Tests;

/// <summary>
/// Safetensors of PyTorch, under the names that it gives. tests/oracles/torch_safetensors.py made them.
/// </summary>
public sealed class ForeignSafetensorsTests
{
    [Theory]
    [InlineData("sequential", "sequential", Activation.ReLU, "12-7-10")]
    [InlineData("turned", "sequential", Activation.ReLU, "12-7-10")]
    [InlineData("named", "named", Activation.Tanh, "12-8-6-10")]
    [InlineData("nested", "nested", Activation.Sigmoid, "12-12-12-10")]
    public void A_network_of_PyTorch_gives_what_PyTorch_computes(
        string file, string computed, Activation activation, string shape)
    {
        LoadedNetwork loaded = NetworkFile.Load(
            Oracles.PathOf($"torch_{file}.safetensors"), new NetworkFileOptions { Activation = activation });
        using JsonDocument outputs = JsonDocument.Parse(File.ReadAllBytes(Oracles.PathOf("torch_safetensors.json")));
        double[][] expected = outputs.RootElement.GetProperty(computed).Deserialize<double[][]>()!;
        byte[] pixels = [.. Enumerable.Range(0, 3 * 12).Select(i => (byte)(i * 37 % 256))];

        Assert.Equal($"{shape} {activation}", loaded.Network.ToString());
        Assert.Empty(loaded.Warnings);
        Assert.Contains("in the order of their names", Assert.Single(loaded.Notes), StringComparison.Ordinal);
        Matrix probabilities =
            ForwardPropagation.Run(loaded.Network, new DigitSet("greys", pixels, null, 3, 4)).A[^1];
        for (int image = 0; image < 3; image++)
        {
            for (int label = 0; label < 10; label++)
            {
                // PyTorch's pixels were float32, ours are float64; the weights are the same bits.
                Assert.Equal(expected[image][label], probabilities[label, image], 1e-7);
            }
        }
    }

    [Fact]
    public void An_activation_that_the_file_does_not_tell_is_taken_for_ReLU_with_a_warning()
    {
        LoadedNetwork loaded =
            NetworkFile.Load(Oracles.PathOf("torch_sequential.safetensors"), new NetworkFileOptions());

        Assert.Equal(Activation.ReLU, loaded.Network.Activation);
        Assert.Contains("does not tell what its hidden layers apply", Assert.Single(loaded.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_written_from_the_format_alone_finds_every_number_of_ours()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "net.safetensors");
        Network network = Network.Create([4, 3], Activation.Tanh, seed: 6, inputs: 5);
        NetworkFile.Save(network, path);

        string printed = Oracles.RunPython(
            "struct",
            """
            import json, struct, sys
            data = open(sys.argv[1], "rb").read()
            length, = struct.unpack("<Q", data[:8])
            header = json.loads(data[8:8 + length])
            print(header.pop("__metadata__")["activation"])
            for name, about in sorted(header.items()):
                begin, end = (8 + length + offset for offset in about["data_offsets"])
                assert about["dtype"] == "F32"
                numbers = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
                print(name, *about["shape"], *numbers)
            """,
            path);

        string[] lines = printed.Trim().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal("Tanh", lines[0]);
        Assert.Equal(6, lines.Length - 1);
        foreach (string line in lines[1..])
        {
            string[] words = line.Split(' ');
            Matrix matrix = network[words[0]]!;
            double[] numbers = [.. words[3..].Select(
                word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.Equal((matrix.RowCount, matrix.ColumnCount), (Whole(words[1]), Whole(words[2])));
            Assert.Equal(NetworkNumbers.RowMajor(matrix), numbers);
        }
    }

    private static int Whole(string word) => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
}
