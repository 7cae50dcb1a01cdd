using MnistNet.Kernels;

namespace MnistNet.Tests;

public sealed class NetworkLayoutTests
{
    [Theory]
    [InlineData(1, 1, int.MaxValue - 31)]
    [InlineData(1, 1, int.MaxValue - 15)]
    [InlineData(1 << 16, 1 << 15, 0)]
    public void A_layer_never_lies_beyond_what_an_index_can_count(int inputs, int outputs, int offset)
        => Assert.Throws<OverflowException>(() => new LayerLayout(inputs, outputs, inputs, offset, transposed: 0));

    [Fact]
    public void Layers_follow_each_other_and_are_padded_to_whole_panels()
    {
        var layout = new NetworkLayout(Network.Create([33], inputs: 7));

        Assert.Equal(
            [(0, 7 * 64, 8 * 64), (8 * 64, (8 * 64) + (33 * 16), (8 * 64) + (34 * 16))],
            layout.Layers.Select(layer => (layer.Weights, layer.Biases, layer.End)));
        Assert.Equal(layout.Layers[1].End, layout.Length);
        Assert.Equal(10 * 64, layout.TransposedLength);
    }
}
