using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Shows what preprocessing and augmentation make of digits.</summary>
[Cmdlet(VerbsData.Convert, "Digit", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Digit), typeof(DigitSet))]
public sealed class ConvertDigitCommand : DigitDataCommand
{
    private static readonly AugmentationStrength Usual = new();

    /// <summary>The preprocessing of the network that is to see the digits.</summary>
    [Parameter]
    public Preprocessing Preprocessing { get; set; }

    /// <summary>The augmentation of the training that is to learn from them.</summary>
    [Parameter]
    public Augmentation Augmentation { get; set; }

    /// <summary>The most pixels that augmentation moves a digit, each way.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumShift))]
    public int MaximumShift { get; set; } = Usual.MaximumShift;

    /// <summary>The most degrees that augmentation turns a digit.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumRotation))]
    public double MaximumRotation { get; set; } = Usual.MaximumRotation;

    /// <summary>The most that augmentation changes the logarithm of a digit's width and of its height.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumScaling))]
    public double MaximumScaling { get; set; } = Usual.MaximumScaling;

    /// <summary>The most that augmentation shears a digit: pixels to the side for each pixel down.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumShear))]
    public double MaximumShear { get; set; } = Usual.MaximumShear;

    /// <summary>How far augmentation displaces the points of a digit when it bends it, in pixels.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Elasticity))]
    public double Elasticity { get; set; } = Usual.Elasticity;

    /// <summary>Over how many pixels that displacement evens out.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Smoothness))]
    public double Smoothness { get; set; } = Usual.Smoothness;

    /// <summary>The epochs of that training whose digits to show, counted from 1.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateWholeNumber(1)]
    public int[] Epoch { get; set; } = [1];

    /// <summary>The seed of that training.</summary>
    [Parameter]
    [NumberTransformation]
    public int Seed { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        GivenSettings.Of(MyInvocation.BoundParameters.Where(pair => SettingCatalog.Find(pair.Key) is not null)!)
            .RequireUse(new TrainingSettings { Augmentation = Augmentation });
    }

    private protected override void ProcessData(DigitData data)
    {
        DigitSet seen = Preprocessor.Apply(data.Train, Preprocessing);
        var strength = new AugmentationStrength
        {
            MaximumShift = MaximumShift,
            MaximumRotation = MaximumRotation,
            MaximumScaling = MaximumScaling,
            MaximumShear = MaximumShear,
            Elasticity = Elasticity,
            Smoothness = Smoothness,
        };
        DigitSet[] drawn = Array.ConvertAll(Epoch, epoch =>
            new Augmenter(seen, Augmentation, strength, Seed).Draw(epoch - 1, CancellationToken));
        if (data.Digits is null)
        {
            WriteObject(drawn, enumerateCollection: true);
            return;
        }

        // The epochs of a digit stand together, so that it can be compared with itself.
        for (int i = 0; i < seen.Count; i++)
        {
            foreach (DigitSet set in drawn)
            {
                WriteObject(set[i]);
            }
        }
    }
}
