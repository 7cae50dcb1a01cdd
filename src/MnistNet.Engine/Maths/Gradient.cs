namespace MnistNet;

/// <summary>How the loss changes with every sum, weight and bias of a network: dZ, dW and db of each layer.</summary>
public sealed class Gradient : ISymbolTable
{
    /// <param name="network">The network it belongs to.</param>
    /// <param name="dZ">dZ1, dZ2 …, in the order of the layers.</param>
    /// <param name="dW">dW1, dW2 ….</param>
    /// <param name="db">db1, db2 ….</param>
    internal Gradient(Network network, IReadOnlyList<Matrix> dZ, IReadOnlyList<Matrix> dW, IReadOnlyList<Matrix> db)
    {
        Network = network;
        DZ = Numbered(dZ, "dZ");
        DW = Numbered(dW, "dW");
        Db = Numbered(db, "db");
    }

    /// <summary>The network that this is the gradient of.</summary>
    public Network Network { get; }

    /// <summary>
    /// dZ2, dW2, db2, dZ1, dW1, db1 …: from the last layer back, the order in which they were computed.
    /// </summary>
    public IReadOnlyList<Matrix> Matrices =>
        [.. Enumerable.Range(0, DW.Count).Reverse().SelectMany(l => new[] { DZ[l], DW[l], Db[l] })];

    /// <summary>A matrix by its symbol, such as <c>dW1</c>; null when there is none of that name.</summary>
    public Matrix? this[string symbol] => Matrices.FirstOrDefault(matrix => matrix.Name == symbol);

    /// <summary>dW1, db1, dW2, db2 …: one for each of the network's parameters, in their order.</summary>
    public IReadOnlyList<Matrix> Parameters => [.. DW.Zip(Db).SelectMany(pair => new[] { pair.First, pair.Second })];

    /// <summary>The Euclidean length of all dW and db together.</summary>
    public double Norm => Math.Sqrt(Parameters.Sum(matrix => matrix.Norm() * matrix.Norm()));

    /// <summary>Whether it was computed at these very weights.</summary>
    internal bool IsOf(Network network)
        => Network.Parameters.Zip(network.Parameters).All(
            pair => ReferenceEquals(pair.First, pair.Second) || pair.First.Numbers.SequenceEqual(pair.Second.Numbers));

    internal IReadOnlyList<Matrix> DZ { get; }

    internal IReadOnlyList<Matrix> DW { get; }

    internal IReadOnlyList<Matrix> Db { get; }

    /// <summary>What a prompt shows: a line for each matrix.</summary>
    public string ToText() => $"{this}\n{Matrix.Summarise(Matrices)}";

    /// <summary>Such as <c>gradient of 784-10-10 ReLU, length 1.2345</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"gradient of {Network}, length {Norm:G5}");

    private static Matrix[] Numbered(IReadOnlyList<Matrix> matrices, string symbol)
        => [.. matrices.Select((matrix, l) => matrix.Named($"{symbol}{l + 1}"))];
}
