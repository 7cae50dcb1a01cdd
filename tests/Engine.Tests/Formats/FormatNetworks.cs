using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

/// <summary>Networks for the tests of formats.</summary>
internal static class FormatNetworks
{
    /// <summary>Small networks of every depth, activation and initialiser.</summary>
    public static Arbitrary<Network> Any(int fewestHidden = 0) => (
        from depth in Gen.Choose(fewestHidden, 4)
        from hidden in Gen.ArrayOf(Gen.Choose(1, 20), depth)
        from activation in Gen.Elements(Enum.GetValues<Activation>())
        from initializer in Gen.Elements(Enum.GetValues<Initializer>())
        from seed in Gen.Choose(int.MinValue, int.MaxValue)
        from side in Gen.Choose(1, 6)
        select Network.Create(hidden, activation, initializer, seed, side * side)).ToArbitrary();

    /// <summary>A network whose numbers float32 does not hold.</summary>
    public static Network Float64() => new(
        [
            new Matrix(new double[,] { { Math.PI, 1.0 / 3 }, { double.Epsilon, -1e300 } }),
            new Matrix(new double[,] { { -0.0 }, { 1 } }),
        ],
        Activation.Sigmoid);

    public static void AssertSame(Network expected, Network actual)
    {
        Assert.Equal(expected.ToString(), actual.ToString());
        Assert.Equal(expected.Seed, actual.Seed);
        Assert.Equal(expected.Initializer, actual.Initializer);
        Assert.Equal(expected.Parameters.Count, actual.Parameters.Count);
        foreach ((Matrix e, Matrix a) in expected.Parameters.Zip(actual.Parameters))
        {
            Assert.Equal(e.ToString(), a.ToString());
            Assert.Equal(
                Array.ConvertAll(e.Values.Values, BitConverter.DoubleToInt64Bits),
                Array.ConvertAll(a.Values.Values, BitConverter.DoubleToInt64Bits));
        }
    }

    public static byte[] Write(INetworkFormat format, Network network, NetworkFileOptions? options = null)
    {
        using var stream = new MemoryStream();
        format.Write(stream, network, null, options ?? new NetworkFileOptions());
        return stream.ToArray();
    }

    public static Network Read(INetworkFormat format, byte[] bytes, NetworkFileOptions? options = null) =>
        Read(format, bytes, out _, options);

    public static Network Read(
        INetworkFormat format, byte[] bytes, out NetworkReading reading, NetworkFileOptions? options = null)
    {
        reading = new NetworkReading("file", options ?? new NetworkFileOptions());
        return format.Read(new MemoryStream(bytes), reading);
    }
}
