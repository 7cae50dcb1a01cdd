using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Tells what each pixel of a digit contributed to what a network says of it.</summary>
[Cmdlet(VerbsCommon.Get, "Attribution", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Attribution))]
public sealed class GetAttributionCommand : NetworkDataCommand
{
    /// <summary>The class to explain; the one that is predicted without this parameter.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(0, 9)]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public int? Label { get; set; }

    /// <summary>The class to compare it with: the difference of the two logits is explained.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(0, 9)]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public int? Versus { get; set; }

    private protected override void ProcessData(DigitData data)
    {
        DigitSet digits = data.Test;
        for (int i = 0; i < digits.Count; i++)
        {
            CancellationToken.ThrowIfCancellationRequested();
            Digit digit = digits[i];
            ProcessItem(() => WriteObject(NamedOutput.Of(Attribution.Of(Network, digit, Label, Versus))));
        }
    }
}
