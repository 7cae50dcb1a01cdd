using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>The settings that a sweep can vary: those of Invoke-Training, each with any number of values.</content>
public sealed partial class InvokeTrainingSweepCommand
{
    /// <summary>
    /// Settings that are known to work well together; whatever else is given takes precedence over them.
    /// </summary>
    [Parameter]
    public Recipe[] Recipe { get; set; } = [];

    /// <summary>
    /// The shapes of the hidden layers: a width for one layer, such as 30, or several joined by hyphens, such as
    /// '128-64'.
    /// </summary>
    [Parameter]
    [HiddenTransformation(AreShapes = true)]
    public string[] Hidden { get; set; } = [];

    /// <summary>What the hidden layers apply to their sums.</summary>
    [Parameter]
    public Activation[] Activation { get; set; } = [];

    /// <summary>How the first weights are drawn.</summary>
    [Parameter]
    public Initializer[] Initializer { get; set; } = [];

    /// <summary>The rules that turn gradients into updates.</summary>
    [Parameter]
    [OptimizerTransformation]
    public Optimizer[] Optimizer { get; set; } = [];

    /// <summary>The learning rates α.</summary>
    [Parameter]
    [Alias("LearningRate", "lr")]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Alpha))]
    public double[] Alpha { get; set; } = [];

    /// <summary>The numbers of updates.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Iterations))]
    public int[] Iterations { get; set; } = [];

    /// <summary>The numbers of images an update looks at.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(BatchSize))]
    public int[] BatchSize { get; set; } = [];

    /// <summary>The numbers of passes over the training set.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Epochs))]
    public int[] Epochs { get; set; } = [];

    /// <summary>μ of Momentum and Nesterov.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Momentum))]
    public double[] Momentum { get; set; } = [];

    /// <summary>β₁ of Adam and AdamW.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Beta1))]
    public double[] Beta1 { get; set; } = [];

    /// <summary>β₂ of Adam and AdamW.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Beta2))]
    public double[] Beta2 { get; set; } = [];

    /// <summary>ε of Adam and AdamW.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Epsilon))]
    public double[] Epsilon { get; set; } = [];

    /// <summary>λ: how strongly weights are pulled towards 0.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(WeightDecay))]
    public double[] WeightDecay { get; set; } = [];

    /// <summary>How α changes over a run.</summary>
    [Parameter]
    public Schedule[] Schedule { get; set; } = [];

    /// <summary>The shares of a run over which α rises first.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(WarmUp))]
    public double[] WarmUp { get; set; } = [];

    /// <summary>The shares of each one-hot target that are spread over all classes.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(LabelSmoothing))]
    public double[] LabelSmoothing { get; set; } = [];

    /// <summary>What is done to an image before the network sees it.</summary>
    [Parameter]
    public Preprocessing[] Preprocessing { get; set; } = [];

    /// <summary>How the digits learned from are changed at random, afresh in each epoch.</summary>
    [Parameter]
    public Augmentation[] Augmentation { get; set; } = [];

    /// <summary>The most pixels that augmentation moves a digit, each way.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(MaximumShift))]
    public int[] MaximumShift { get; set; } = [];

    /// <summary>The most degrees that augmentation turns a digit, either way.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(MaximumRotation))]
    public double[] MaximumRotation { get; set; } = [];

    /// <summary>The most that augmentation changes the logarithm of a digit's width, and of its height.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(MaximumScaling))]
    public double[] MaximumScaling { get; set; } = [];

    /// <summary>The most that augmentation shears a digit: pixels to the side for each pixel down.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(MaximumShear))]
    public double[] MaximumShear { get; set; } = [];

    /// <summary>How far augmentation displaces the points of a digit when it bends it, in pixels.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Elasticity))]
    public double[] Elasticity { get; set; } = [];

    /// <summary>Over how many pixels the displacement of <c>-Elasticity</c> evens out.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Smoothness))]
    public double[] Smoothness { get; set; } = [];

    /// <summary>The shares of the training set that are held back for validation.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(ValidationFraction))]
    public double[] ValidationFraction { get; set; } = [];

    /// <summary>The numbers of history rows without improvement after which a run stops.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(Patience))]
    public int[] Patience { get; set; } = [];

    /// <summary>How much the validation loss must fall to count as an improvement.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(MinimumDelta))]
    public double[] MinimumDelta { get; set; } = [];

    /// <summary>A run stops once this accuracy is reached.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(TargetAccuracy))]
    public double[] TargetAccuracy { get; set; } = [];

    /// <summary>A run stops after this many seconds.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateSetting(nameof(MaxSeconds))]
    public double[] MaxSeconds { get; set; } = [];

    /// <summary>The seeds that each setting is run with.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    public int[] Seed { get; set; } = [];

    private SweepPlan CreatePlan()
    {
        Dictionary<string, object> bound = MyInvocation.BoundParameters;
        SweepAxis[] axes = [.. SettingCatalog.All
            .Where(setting => setting.CanBeSwept && bound.ContainsKey(setting.Name))
            .Select(setting => new SweepAxis(setting.Name, ((Array)bound[setting.Name]).Cast<object>()))];
        if (bound.ContainsKey(nameof(Random)) && !bound.ContainsKey(nameof(RandomSeed)))
        {
            // What goes on later, or is shared out, must draw the same settings again.
            RandomSeed = ResultPath.Length > 0 || Of > 1 ? 0 : System.Random.Shared.Next();
            WriteVerbose(FormattableString.Invariant($"Drawing settings with -RandomSeed {RandomSeed}."));
        }

        return bound.ContainsKey(nameof(Random)) ? SweepPlan.Sample(axes, Random, RandomSeed) : SweepPlan.Grid(axes);
    }
}
