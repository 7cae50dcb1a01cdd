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
    [HiddenTransformation]
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

    /// <summary>
    /// A row of settings, of Invoke-TrainingSweep or of its file read by Import-Csv: its Hidden, Activation,
    /// Initializer, Preprocessing and Seed are taken where no parameter says otherwise.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [TrainingRowTransformation]
    public TrainingRow? InputObject { get; set; }

    private protected override void Process()
    {
        GivenSettings given = GivenSettings
            .Of(MyInvocation.BoundParameters.Where(pair => SettingCatalog.Find(pair.Key) is not null)!)
            .Over(InputObject?.Select(setting => !setting.IsOfTraining || setting == SettingCatalog.Seed)
                ?? GivenSettings.Of([]));
        Network network = given.CreateNetwork(cancellation: CancellationToken);
        WriteVerbose(Invariant(
            $"Made {network}: {network.ParameterCount:N0} parameters, {given.Initializer}, seed {given.Seed}."));
        WriteObject(network);
    }
}
