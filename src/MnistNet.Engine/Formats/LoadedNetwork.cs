namespace MnistNet;

/// <summary>A network from a file, with what its reading told.</summary>
/// <param name="Network">The network.</param>
/// <param name="Notes">How the file was understood, in sentences; empty for a file of MnistNet's own.</param>
/// <param name="Warnings">What was taken for granted, in sentences.</param>
public sealed record LoadedNetwork(Network Network, IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);
