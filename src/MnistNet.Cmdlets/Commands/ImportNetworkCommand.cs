using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Loads a network from a file, whose extension tells the format, or from JSON that is at hand.</summary>
[Cmdlet(VerbsData.Import, "Network", DefaultParameterSetName = PathSet, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Network))]
public sealed class ImportNetworkCommand : FileReadingCommand
{
    private const string InputObjectSet = "InputObject";

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

    /// <summary>
    /// A network that was JSON: the text that ConvertTo-Json wrote, or what ConvertFrom-Json made of it.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [NetworkTransformation(TakesJson = true)]
    [ValidateNotNull]
    public Network InputObject { get; set; } = null!;

    /// <summary>The format of the files; without it the extension of each decides.</summary>
    [Parameter]
    public NetworkFileFormat? Format { get; set; }

    /// <summary>What the hidden layers apply, for files of other programs that do not tell.</summary>
    [Parameter]
    public Activation? Activation { get; set; }

    /// <summary>
    /// What an ONNX graph takes as a pixel; without it grey levels where it begins by dividing by 255, else 0 to 1.
    /// </summary>
    [Parameter]
    public PixelRange? PixelRange { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == InputObjectSet)
        {
            WriteObject(InputObject);
        }
        else if (ParameterSetName == PathSet && Path is [string text] && NetworkJson.IsText(text))
        {
            // Text that comes down the pipeline is a path for PowerShell; no path begins so.
            WriteObject(NetworkJson.ReadText(text));
        }
        else
        {
            base.Process();
        }
    }

    private protected override void ProcessFile(string path)
    {
        LoadedNetwork loaded = NetworkFile.Load(
            path, new NetworkFileOptions { Format = Format, Activation = Activation, PixelRange = PixelRange });
        foreach (string warning in loaded.Warnings)
        {
            WriteWarning(ParameterNames.In(warning));
        }

        foreach (string note in loaded.Notes)
        {
            WriteVerbose(note);
        }

        Network network = loaded.Network;
        WriteVerbose(Invariant($"Loaded {network}, {network.ParameterCount:N0} parameters, from {path}."));
        WriteObject(network);
    }
}
