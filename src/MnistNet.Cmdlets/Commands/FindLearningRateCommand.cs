using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Tries learning rates from tiny to huge in one short training, and tells how the loss took them.</summary>
[Cmdlet(VerbsCommon.Find, "LearningRate", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(LearningRateSuggestion), typeof(LearningRateTrial))]
public sealed class FindLearningRateCommand : DigitDataCommand
{
    /// <summary>The network to begin with; a fresh one without this parameter.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NetworkTransformation]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public Network? Network { get; set; }

    /// <summary>The widths of the hidden layers of a fresh network.</summary>
    [Parameter]
    [HiddenTransformation]
    [ValidateWholeNumber(1, MnistNet.Network.MaximumWidth)]
    public int[] Hidden { get; set; } = [10];

    /// <summary>The update rule.</summary>
    [Parameter]
    [OptimizerTransformation]
    public Optimizer Optimizer { get; set; }

    /// <summary>The number of images of a step: 128 without this parameter, or all of a smaller set.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int BatchSize { get; set; }

    /// <summary>The first learning rate.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateNumber(0, Above = true)]
    public double Minimum { get; set; } = 1e-5;

    /// <summary>The last learning rate, unless the loss explodes before.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateNumber(0, Above = true)]
    public double Maximum { get; set; } = 10;

    /// <summary>The number of steps from the first learning rate to the last.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(10)]
    public int Steps { get; set; } = 200;

    /// <summary>Decides the first weights of a fresh network and the order of the images.</summary>
    [Parameter]
    [NumberTransformation]
    public int Seed { get; set; }

    /// <summary>Puts out every step of the test, in place of the suggestion.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override void ProcessData(DigitData data)
    {
        DigitSet train = data.Train;
        Network network = Network ?? MnistNet.Network.Create(Hidden, seed: Seed, inputs: train.PixelCount);
        var settings = new TrainingSettings
        {
            Optimizer = Optimizer,
            BatchSize = MyInvocation.BoundParameters.ContainsKey(nameof(BatchSize)) ? BatchSize : null,
            Seed = Seed,
        };
        var suggestion = new LearningRateSuggestion(LearningRateFinder.Find(
            network, train, settings, Minimum, Maximum, Steps, CancellationToken));
        if (suggestion.Alpha is null)
        {
            WriteWarning(
                "The loss falls nowhere in this range, so that no learning rate is suggested. "
                + "Widen it with -Minimum and -Maximum, or take more -Steps.");
        }

        WriteObject(Detailed ? suggestion.Trials : suggestion, enumerateCollection: Detailed);
    }
}
