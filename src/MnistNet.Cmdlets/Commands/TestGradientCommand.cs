using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Compares backpropagation's gradient with slopes measured by nudging single weights.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Gradient", DefaultParameterSetName = SampleSet, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(GradientCheck))]
public sealed class TestGradientCommand : NetworkDataCommand
{
    private const string SampleSet = "Sample", AllSet = "All";

    /// <summary>How many entries of each parameter to compare, picked at random.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int Entries { get; set; } = 50;

    /// <summary>Decides which entries are picked.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    [NumberTransformation]
    public int Seed { get; set; }

    /// <summary>Compares every entry of every parameter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    private protected override void ProcessData(DigitData data)
    {
        int? entries = All ? null : Entries;
        foreach (GradientCheck check in GradientCheck.Run(Network, data.Train, entries, Seed, CancellationToken))
        {
            WriteObject(check);
        }
    }
}
