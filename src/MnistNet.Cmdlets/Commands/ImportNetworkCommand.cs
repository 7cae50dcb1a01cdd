using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Loads a network from a file; its extension tells the format.</summary>
[Cmdlet(VerbsData.Import, "Network", DefaultParameterSetName = PathSet, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Network))]
public sealed class ImportNetworkCommand : FileReadingCommand
{
    /// <inheritdoc/>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public override string[] Path { get; set; } = [];

    private protected override void ProcessFile(string path)
    {
        Network network = NetworkFile.Load(path);
        WriteVerbose(Invariant($"Loaded {network}, {network.ParameterCount:N0} parameters, from {path}."));
        WriteObject(network);
    }
}
