using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Traces the error of a forward propagation back to every weight and bias.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Backpropagation", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Gradient))]
public sealed class InvokeBackpropagationCommand : MnistNetCommand
{
    /// <summary>A forward propagation of labelled digits.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ForwardPass ForwardPass { get; set; } = null!;

    private protected override void Process()
    {
        Target = ForwardPass;
        WriteObject(Backpropagation.Run(ForwardPass));
    }
}
