using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Asks a network what each digit is.</summary>
[Cmdlet(VerbsCommon.Get, "Prediction", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Prediction))]
public sealed class GetPredictionCommand : EnsembleCommand
{
    /// <summary>Only the mistakes, the worst first: those that gave the label the least probability.</summary>
    [Parameter]
    public SwitchParameter Wrong { get; set; }

    /// <summary>At most so many predictions.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int First { get; set; } = int.MaxValue;

    private protected override void ProcessData(DigitData data)
    {
        DigitSet digits = data.Test;
        if (Wrong)
        {
            digits.RequireLabels();
        }

        Announce("Predicting", digits);
        IEnumerable<Prediction> predictions = Predictor.Predict(Network, digits, cancellationToken: CancellationToken);
        if (Wrong)
        {
            predictions = predictions
                .Where(prediction => prediction.IsCorrect == false)
                .OrderByDescending(prediction => prediction.Loss);
        }

        foreach (Prediction prediction in predictions.Take(First))
        {
            WriteObject(NamedOutput.Of(prediction));
        }
    }
}
