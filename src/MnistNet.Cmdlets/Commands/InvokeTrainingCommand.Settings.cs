using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>The settings, each a parameter. Their ranges are checked here too, so that a typing error costs
/// nothing.</content>
public sealed partial class InvokeTrainingCommand
{
    /// <summary>
    /// Settings that are known to work well together; whatever else is given takes precedence over them.
    /// </summary>
    [Parameter]
    public Recipe Recipe { get; set; }

    /// <summary>The learning rate α. Without it, the optimiser's usual one: 0.1, or 0.001 for Adam and AdamW.</summary>
    [Parameter]
    [Alias("LearningRate", "lr")]
    [NumberTransformation]
    [ValidateSetting(nameof(Alpha))]
    public double Alpha { get; set; }

    /// <summary>The number of updates; 700 when neither this nor <c>-Epochs</c> is given.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Iterations))]
    public int Iterations { get; set; }

    /// <summary>The number of images an update looks at; all of them without this parameter.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(BatchSize))]
    public int BatchSize { get; set; }

    /// <summary>The number of passes over the training set, in batches of <c>-BatchSize</c>.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Epochs))]
    public int Epochs { get; set; }

    /// <summary>The update rule.</summary>
    [Parameter]
    [OptimizerTransformation]
    public Optimizer Optimizer { get; set; }

    /// <summary>μ of Momentum and Nesterov.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Momentum))]
    public double Momentum { get; set; }

    /// <summary>β₁ of Adam and AdamW.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Beta1))]
    public double Beta1 { get; set; }

    /// <summary>β₂ of Adam and AdamW.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Beta2))]
    public double Beta2 { get; set; }

    /// <summary>ε of Adam and AdamW, which keeps them from dividing by 0.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Epsilon))]
    public double Epsilon { get; set; }

    /// <summary>How the learning rate changes over the run.</summary>
    [Parameter]
    public Schedule Schedule { get; set; }

    /// <summary>The share of the run over which the learning rate rises from 0 first.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(WarmUp))]
    public double WarmUp { get; set; }

    /// <summary>λ: how strongly weights are pulled towards 0.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(WeightDecay))]
    public double WeightDecay { get; set; }

    /// <summary>The share of each one-hot target that is spread over all classes.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(LabelSmoothing))]
    public double LabelSmoothing { get; set; }

    /// <summary>The share of the training set that is held back for validation.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(ValidationFraction))]
    public double ValidationFraction { get; set; }

    /// <summary>
    /// The number of history rows without improvement of the validation loss after which training stops.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Patience))]
    public int Patience { get; set; }

    /// <summary>How much the validation loss must fall to count as an improvement.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MinimumDelta))]
    public double MinimumDelta { get; set; }

    /// <summary>
    /// Training stops once this accuracy is reached: on the validation share when there is one, else on the training
    /// set.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(TargetAccuracy))]
    public double TargetAccuracy { get; set; }

    /// <summary>Training stops after this many seconds of this call.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaxSeconds))]
    public double MaxSeconds { get; set; }

    /// <summary>
    /// Keeps what the network looks like every so many history rows, at most a hundred times, in the result.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(SnapshotEvery))]
    public int SnapshotEvery { get; set; }

    /// <summary>The number of threads; one a processor without this parameter. It never changes a result.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Threads))]
    public int Threads { get; set; }

    /// <summary>
    /// Decides the order of mini-batches, the validation share and the first weights of a new network: the same seed
    /// gives the same bits.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public int Seed { get; set; }

    /// <summary>The widths of the hidden layers of a new network.</summary>
    [Parameter]
    [HiddenTransformation]
    [ValidateWholeNumber(1, MnistNet.Network.MaximumWidth)]
    public int[] Hidden { get; set; } = [];

    /// <summary>What the hidden layers of a new network apply to their sums.</summary>
    [Parameter]
    public Activation Activation { get; set; }

    /// <summary>How the first weights of a new network are drawn.</summary>
    [Parameter]
    public Initializer Initializer { get; set; }

    /// <summary>What is done to an image before a new network sees it, in training and ever after.</summary>
    [Parameter]
    public Preprocessing Preprocessing { get; set; }

    /// <summary>How the digits learned from are changed at random, afresh in each epoch.</summary>
    [Parameter]
    public Augmentation Augmentation { get; set; }

    /// <summary>The most pixels that augmentation moves a digit, each way.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumShift))]
    public int MaximumShift { get; set; }

    /// <summary>The most degrees that augmentation turns a digit, either way.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumRotation))]
    public double MaximumRotation { get; set; }

    /// <summary>The most that augmentation changes the logarithm of a digit's width, and of its height.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumScaling))]
    public double MaximumScaling { get; set; }

    /// <summary>The most that augmentation shears a digit: pixels to the side for each pixel down.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(MaximumShear))]
    public double MaximumShear { get; set; }

    /// <summary>How far augmentation displaces the points of a digit when it bends it, in pixels.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Elasticity))]
    public double Elasticity { get; set; }

    /// <summary>Over how many pixels the displacement of <c>-Elasticity</c> evens out.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSetting(nameof(Smoothness))]
    public double Smoothness { get; set; }

    /// <summary>The settings among the parameters given, and those of the row where these are silent.</summary>
    private GivenSettings GivenSettings => TypedSettings.Over(RowSettings);

    private GivenSettings TypedSettings => GivenSettings.Of(
        MyInvocation.BoundParameters.Where(pair => SettingCatalog.Find(pair.Key) is not null)!);

    private bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>A parameter that describes a new network contradicts a network that is given.</summary>
    private void RequireNoneOfANewNetwork()
    {
        string[] parameters = [nameof(Hidden), nameof(Activation), nameof(Initializer), nameof(Preprocessing)];
        foreach (string parameter in parameters)
        {
            if (Given(parameter))
            {
                throw new SettingException(
                    parameter,
                    $"-{parameter} describes a new network, but the network {Network} was given. Leave one of the two "
                        + $"away.",
                    "SettingOfANewNetwork");
            }
        }
    }
}
