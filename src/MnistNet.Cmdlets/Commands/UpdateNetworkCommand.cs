using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Takes one step of gradient descent; the given network stays as it is.</summary>
[Cmdlet(VerbsData.Update, "Network", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Network))]
public sealed class UpdateNetworkCommand : MnistNetCommand
{
    /// <summary>
    /// The network: one from New-Network or Import-Network, a result of Invoke-Training, or the path of a network's
    /// file.
    /// </summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true)]
    [NetworkTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public Network Network { get; set; } = null!;

    /// <summary>The network's gradient, from Invoke-Backpropagation.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public Gradient Gradient { get; set; } = null!;

    /// <summary>The learning rate α.</summary>
    [Parameter(Position = 1)]
    [NumberTransformation]
    [ValidateNumber(0, Above = true)]
    public double Alpha { get; set; } = 0.1;

    private protected override void Process()
    {
        Target = Network;
        Network updated = GradientDescent.Update(Network, Gradient, Alpha);
        if (!Gradient.IsOf(Network))
        {
            WriteWarning(
                "This gradient was computed at other weights than the network's, so the step need not lead downhill. "
                + "Compute it anew before each update: Invoke-ForwardPropagation, then Invoke-Backpropagation.");
        }

        WriteObject(updated);
    }
}
