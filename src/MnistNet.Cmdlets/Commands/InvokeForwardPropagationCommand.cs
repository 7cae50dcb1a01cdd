using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Takes digits through a network and keeps every matrix on the way.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ForwardPropagation", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(ForwardPass))]
public sealed class InvokeForwardPropagationCommand : NetworkDataCommand
{
    private protected override void ProcessData(DigitData data)
        => WriteObject(ForwardPropagation.Run(Network, data.Train, CancellationToken));
}
