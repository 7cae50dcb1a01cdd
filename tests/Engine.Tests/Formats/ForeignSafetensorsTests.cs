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
}
