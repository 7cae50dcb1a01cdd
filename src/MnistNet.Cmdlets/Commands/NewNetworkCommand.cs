using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Makes a fresh, untrained network.</summary>
[Cmdlet(VerbsCommon.New, "Network", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Network))]
public sealed class NewNetworkCommand : MnistNetCommand
{
    /// <summary>The widths of the hidden layers, from the pixels to the classes.</summary>
    [Parameter(Position = 0)]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateWholeNumber(1, Network.MaximumWidth)]
    public int[] Hidden { get; set; } = [10];

    /// <summary>What the hidden layers apply to their sums.</summary>
    [Parameter]
    public Activation Activation { get; set; }

    /// <summary>How the first weights are drawn.</summary>
    [Parameter]
    public Initializer Initializer { get; set; }

    /// <summary>The same seed gives the same weights, on every machine.</summary>
    [Parameter]
    [NumberTransformation]
    public int Seed { get; set; }

    /// <summary>What is done to an image before the network sees it, in training and ever after.</summary>
    [Parameter]
    public Preprocessing Preprocessing { get; set; }

    private protected override void End()
    {
        Network network = Network.Create(
            Hidden, Activation, Initializer, Seed, preprocessing: Preprocessing, cancellation: CancellationToken);
        WriteVerbose(Invariant($"Made {network}: {network.ParameterCount:N0} parameters, {Initializer}, seed {Seed}."));
        WriteObject(network);
    }
}
