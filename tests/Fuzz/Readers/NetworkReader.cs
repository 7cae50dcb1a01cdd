namespace MnistNet.Fuzz;

/// <summary>Networks in one of the formats that they are saved in.</summary>
internal class NetworkReader(string name, INetworkFormat format, params byte[][] words) : FuzzReader
{
    public override string Name => name;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        BitConverter.GetBytes(float.NaN), BitConverter.GetBytes(double.PositiveInfinity), [0xC3, 0x28], [.. "[[[["u8],
        .. words,
    ];

    public override IReadOnlyList<byte[]> MakeSamples()
    {
        Network network = Network.Create([2], Activation.Tanh, Initializer.Xavier, seed: 1, inputs: 3);
        var precise = new Network([.. network.Parameters.Select(Third)], Activation.Sigmoid);
        return
        [
            Save(network), Save(precise), Save(Network.Create([], inputs: 1)), Save(
                Network.Create([1, 2, 1], inputs: 2)),
        ];
    }

    public override void Read(byte[] file)
    {
        var reading = new NetworkReading($"fuzz{format.Extension}", new NetworkFileOptions());
        Network network = format.Read(new MemoryStream(file), reading);
        Require.That(
            network.Parameters.All(matrix => matrix.Values.Enumerate().All(double.IsFinite)),
            "the parameters of a network are finite");
        _ = network.ToString();
    }

    /// <summary>A matrix that float32 cannot hold.</summary>
    private static Matrix Third(Matrix matrix) => new((matrix.Values + 1) / 3, matrix.Name);

    private byte[] Save(Network network)
    {
        var stream = new MemoryStream();
        format.Write(stream, network, training: null, new NetworkFileOptions());
        return stream.ToArray();
    }
}
