using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Measures how good a network is on labelled digits.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Network", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Evaluation))]
public sealed class MeasureNetworkCommand : EnsembleCommand
{
    private readonly HashSet<string> _found = [];

    private protected override void ProcessData(DigitData data)
    {
        DigitSet digits = data.Test;
        Announce("Measuring", digits);
        Evaluation evaluation = Evaluation.Measure(Network, digits, cancellationToken: CancellationToken);
        foreach (TrainingDiagnostic diagnostic in Diagnosis.OfEvaluation(evaluation, digits)
            .Where(diagnostic => _found.Add(diagnostic.Id)))
        {
            WriteWarning(ParameterNames.In(diagnostic.Message));
        }

        WriteObject(evaluation);
    }
}
