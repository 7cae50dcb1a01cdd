using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Saves a network to a file; the extension of the path decides the format.</summary>
[Cmdlet(VerbsData.Export, "Network", SupportsShouldProcess = true, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(void))]
public sealed class ExportNetworkCommand : FileWritingCommand
{
    private bool _taken;

    /// <summary>The file to write; its extension decides the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public override string Path { get; set; } = "";

    /// <summary>
    /// The network, the result of a training, whose facts are saved with it, or the path of another network's file.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [NetworkTransformation(KeepTraining = true)]
    [ValidateNotNull]
    public object Network { get; set; } = null!;

    private protected override void Process()
    {
        if (_taken)
        {
            throw new SettingException(
                nameof(Path),
                $"{Path} took the first network of the pipeline, and a file holds one. "
                    + "Give each network a path of its own, in ForEach-Object for example.",
                "OneNetworkAFile");
        }

        _taken = true;
        if (Network is TrainingResult result)
        {
            WriteFile(Path, result.Network.ToString(), file => NetworkFile.Save(result, file, overwrite: !NoClobber, overwriteReadOnly: Force));
        }
        else
        {
            var network = (Network)Network;
            WriteFile(Path, network.ToString(), file => NetworkFile.Save(network, file, overwrite: !NoClobber, overwriteReadOnly: Force));
        }
    }
}
