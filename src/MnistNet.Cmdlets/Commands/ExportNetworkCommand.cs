using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Saves a network to a file; the extension of the path decides the format.</summary>
[Cmdlet(VerbsData.Export, "Network", SupportsShouldProcess = true, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(void), typeof(FileInfo))]
public sealed class ExportNetworkCommand : FileWritingCommand
{
    private bool _taken;

    /// <summary>The file to write; its extension decides the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "LP")]
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

    /// <summary>The format of the file; without it the extension of the path decides.</summary>
    [Parameter]
    public NetworkFileFormat? Format { get; set; }

    /// <summary>Of an ONNX graph: whether it takes grey levels 0 to 255, or numbers 0 to 1.</summary>
    [Parameter]
    public PixelRange PixelRange { get; set; } = PixelRange.Grey;

    /// <summary>Of an ONNX graph: whether it takes rows of 784 pixels, or images of 1×28×28.</summary>
    [Parameter]
    public InputShape InputShape { get; set; } = InputShape.Flat;

    /// <summary>Puts out the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

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
        Network network = Network is TrainingResult training ? training.Network : (Network)Network;
        WriteFile(Path, network.ToString(), file =>
        {
            var options = new NetworkFileOptions { Format = Format, PixelRange = PixelRange, InputShape = InputShape };
            if (Network is TrainingResult result)
            {
                NetworkFile.Save(result, file, !NoClobber, Force, options);
            }
            else
            {
                NetworkFile.Save(network, file, !NoClobber, Force, options);
            }

            if (NetworkFile.FindFormat(file, Format) == NetworkFileFormat.Onnx)
            {
                WarnOfWhatTheGraphLacks(network);
            }

            if (PassThru)
            {
                WriteObject(new FileInfo(file));
            }
        });
    }

    private void WarnOfWhatTheGraphLacks(Network network)
    {
        if (network.Preprocessing != Preprocessing.None)
        {
            WriteWarning(
                $"The graph holds the network, not its preprocessing ({network.Preprocessing}): normalise images "
                    + $"before "
                    + "they go in, as Get-Digit and ConvertTo-Matrix show it, or raw pixels are read badly.");
        }

        if (!network.HoldsFloat32)
        {
            WriteWarning("ONNX holds float32 numbers, and this network has others: they were rounded.");
        }
    }
}
