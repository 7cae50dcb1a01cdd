using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Follows a digit through a network, a row per step, and its error back to the weights.</summary>
[Cmdlet(VerbsDiagnostic.Trace, "Prediction", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(TraceStep))]
public sealed class TracePredictionCommand : NetworkDataCommand
{
    /// <summary>What the digit is, where it does not say so itself, or something else than it says.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(0, 9)]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public int? Label { get; set; }

    /// <summary>The learning rate α of the update that is tried.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateNumber(0, Above = true)]
    public double Alpha { get; set; } = 0.1;

    private protected override void ProcessData(DigitData data)
    {
        DigitSet digits = data.Test;
        for (int i = 0; i < digits.Count; i++)
        {
            CancellationToken.ThrowIfCancellationRequested();
            WriteObject(PredictionTrace.Run(Network, digits[i], Label, Alpha), enumerateCollection: true);
        }
    }
}
