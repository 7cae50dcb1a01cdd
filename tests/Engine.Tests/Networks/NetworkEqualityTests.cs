namespace MnistNet.Tests;

public sealed class NetworkEqualityTests
{
    [Fact]
    public void Networks_are_equal_when_their_numbers_and_their_activation_are()
    {
        Network network = Network.Create([6, 5], Activation.Tanh, Initializer.Uniform, seed: 3);

        Assert.Equal(network, Network.Create([6, 5], Activation.Tanh, Initializer.Uniform, seed: 3));
        Assert.Equal(
            network.GetHashCode(), Network.Create([6, 5], Activation.Tanh, Initializer.Uniform, seed: 3).GetHashCode());
        Assert.NotEqual(network, Network.Create([6, 5], Activation.Tanh, Initializer.Uniform, seed: 4));
        Assert.NotEqual(network, Network.Create([6, 5], Activation.ReLU, Initializer.Uniform, seed: 3));
        Assert.NotEqual(network, Network.Create([5, 6], Activation.Tanh, Initializer.Uniform, seed: 3));
    }

    [Fact]
    public void Numbers_in_another_arrangement_are_another_network()
    {
        Network wide = Network.Create(
            [4],
            initializer: Initializer.Zero,
            inputs: 9), narrow = Network.Create([2], initializer: Initializer.Zero, inputs: 9);

        Assert.NotEqual(wide, narrow);
        Assert.NotEqual(wide.Fingerprint, narrow.Fingerprint);
    }

    [Fact]
    public void The_drawing_of_a_large_network_can_be_interrupted()
        => AssertInterruptible(cancellation => Network.Create([16384, 4096], cancellation: cancellation));

    [Fact]
    public void The_formulas_on_many_images_can_be_interrupted()
    {
        Network network = Network.Create([1000]);
        var ones = new double[784, 6000];
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref ones[0, 0], ones.Length).Fill(1);
        var x = new Matrix(ones);

        AssertInterruptible(cancellation => ForwardPropagation.Run(network, x, cancellation: cancellation));
    }

    /// <summary>
    /// Work that lasts for seconds ends in its middle; without a look at the token it would end well.
    /// </summary>
    private static void AssertInterruptible(Action<CancellationToken> work)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.ThrowsAny<OperationCanceledException>(() => work(cancellation.Token));
    }
}
