using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Measures how good a network is on labelled digits.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Network")]
[OutputType(typeof(Evaluation))]
public sealed class MeasureNetworkCommand : NetworkDataCommand
{
    private protected override void ProcessData(DigitData data)
    {
        DigitSet digits = data.Test;
        WriteVerbose($"Measuring {Network} on {digits}.");
        WriteObject(Evaluation.Measure(Network, digits, cancellationToken: CancellationToken));
    }
}
