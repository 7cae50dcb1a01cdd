using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Asks a network what each digit is.</summary>
[Cmdlet(VerbsCommon.Get, "Prediction", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Prediction))]
public sealed class GetPredictionCommand : NetworkDataCommand
{
    private protected override void ProcessData(DigitData data)
    {
        DigitSet digits = data.Test;
        WriteVerbose($"Predicting {digits} with {Network}.");
        foreach (Prediction prediction in Predictor.Predict(Network, digits, cancellationToken: CancellationToken))
        {
            WriteObject(prediction);
        }
    }
}
