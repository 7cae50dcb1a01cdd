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

    /// <summary>How many digits, from the first: one of a set, and all that were picked one by one.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int First { get; set; }

    private protected override void ProcessData(DigitData data)
    {
        if (First == 0)
        {
            First = data.Digits is null ? 1 : int.MaxValue;
        }

        DigitSet digits = data.Test;
        int count = Math.Min(digits.Count, First);
        if (count < digits.Count)
        {
            WriteVerbose($"The first of {digits} is traced; -First traces more.");
        }

        for (int i = 0; i < count; i++)
        {
            CancellationToken.ThrowIfCancellationRequested();
            WriteObject(PredictionTrace.Run(Network, digits[i], Label, Alpha), enumerateCollection: true);
        }
    }
}
