using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>The settings, each a parameter. Their ranges are checked here too, so that a typing error costs nothing.</content>
public sealed partial class InvokeTrainingCommand
{
    /// <summary>Settings that are known to work well together; whatever else is given takes precedence over them.</summary>
    [Parameter]
    public Recipe Recipe { get; set; }

    /// <summary>The learning rate α. Without it, the optimiser's usual one: 0.1, or 0.001 for Adam and AdamW.</summary>
    [Parameter]
    [Alias("LearningRate")]
    [ValidateNumber(0, Above = true)]
    public double Alpha { get; set; }

    /// <summary>The number of updates; 700 when neither this nor <c>-Epochs</c> is given.</summary>
    [Parameter]
    [ValidateWholeNumber(1)]
    public int Iterations { get; set; }

    /// <summary>The number of images an update looks at; all of them without this parameter.</summary>
    [Parameter]
    [ValidateWholeNumber(1)]
    public int BatchSize { get; set; }

    /// <summary>The number of passes over the training set, in batches of <c>-BatchSize</c>.</summary>
    [Parameter]
    [ValidateWholeNumber(1)]
    public int Epochs { get; set; }

    /// <summary>The update rule.</summary>
    [Parameter]
    public Optimizer Optimizer { get; set; }

    /// <summary>μ of Momentum and Nesterov.</summary>
    [Parameter]
    [ValidateNumber(0, 1, Below = true)]
    public double Momentum { get; set; }

    /// <summary>β₁ of Adam and AdamW.</summary>
    [Parameter]
    [ValidateNumber(0, 1, Below = true)]
    public double Beta1 { get; set; }

    /// <summary>β₂ of Adam and AdamW.</summary>
    [Parameter]
    [ValidateNumber(0, 1, Below = true)]
    public double Beta2 { get; set; }

    /// <summary>How the learning rate changes over the run.</summary>
    [Parameter]
    public Schedule Schedule { get; set; }

    /// <summary>The share of the run over which the learning rate rises from 0 first.</summary>
    [Parameter]
    [ValidateNumber(0, 1, Below = true)]
    public double WarmUp { get; set; }

    /// <summary>λ: how strongly weights are pulled towards 0.</summary>
    [Parameter]
    [ValidateNumber(0)]
    public double WeightDecay { get; set; }

    /// <summary>The share of each one-hot target that is spread over all classes.</summary>
    [Parameter]
    [ValidateNumber(0, 1, Below = true)]
    public double LabelSmoothing { get; set; }

    /// <summary>The share of the training set that is held back for validation.</summary>
    [Parameter]
    [ValidateNumber(0, 1, Below = true)]
    public double ValidationFraction { get; set; }

    /// <summary>The number of history rows without improvement of the validation loss after which training stops.</summary>
    [Parameter]
    [ValidateWholeNumber(1)]
    public int Patience { get; set; }

    /// <summary>How much the validation loss must fall to count as an improvement.</summary>
    [Parameter]
    [ValidateNumber(0)]
    public double MinimumDelta { get; set; }

    /// <summary>Training stops once this accuracy is reached: on the validation share when there is one, else on the training set.</summary>
    [Parameter]
    [ValidateNumber(0, 1, Above = true)]
    public double TargetAccuracy { get; set; }

    /// <summary>Training stops after this many seconds of this call.</summary>
    [Parameter]
    [ValidateNumber(0, Above = true)]
    public double MaxSeconds { get; set; }

    /// <summary>The number of threads; one a processor without this parameter. It never changes a result.</summary>
    [Parameter]
    [ValidateWholeNumber(1)]
    public int Threads { get; set; }

    /// <summary>Decides the order of mini-batches, the validation share and the first weights of a new network: the same seed gives the same bits.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>The widths of the hidden layers of a new network.</summary>
    [Parameter]
    [ValidateWholeNumber(1, MnistNet.Network.MaximumWidth)]
    public int[] Hidden { get; set; } = [];

    /// <summary>What the hidden layers of a new network apply to their sums.</summary>
    [Parameter]
    public Activation Activation { get; set; }

    /// <summary>How the first weights of a new network are drawn.</summary>
    [Parameter]
    public Initializer Initializer { get; set; }

    private TrainingSettings CreateSettings()
    {
        TrainingSettings recipe = Recipe.GetSettings();
        bool otherLength = Given(nameof(Iterations)) || Given(nameof(Epochs));
        return recipe with
        {
            Alpha = Given(nameof(Alpha)) ? Alpha : recipe.Alpha,
            Iterations = Given(nameof(Iterations)) ? Iterations : null,
            BatchSize = Given(nameof(BatchSize)) ? BatchSize : recipe.BatchSize,
            Epochs = Given(nameof(Epochs)) ? Epochs : otherLength ? null : recipe.Epochs,
            Optimizer = EffectiveOptimizer,
            Momentum = Given(nameof(Momentum)) ? Momentum : recipe.Momentum,
            Beta1 = Given(nameof(Beta1)) ? Beta1 : recipe.Beta1,
            Beta2 = Given(nameof(Beta2)) ? Beta2 : recipe.Beta2,
            Schedule = Given(nameof(Schedule)) ? Schedule : recipe.Schedule,
            WarmUp = Given(nameof(WarmUp)) ? WarmUp : recipe.WarmUp,
            WeightDecay = Given(nameof(WeightDecay)) ? WeightDecay : recipe.WeightDecay,
            LabelSmoothing = Given(nameof(LabelSmoothing)) ? LabelSmoothing : recipe.LabelSmoothing,
            ValidationFraction = ValidationFraction,
            Patience = Given(nameof(Patience)) ? Patience : null,
            MinimumDelta = MinimumDelta,
            TargetAccuracy = Given(nameof(TargetAccuracy)) ? TargetAccuracy : null,
            MaxSeconds = Given(nameof(MaxSeconds)) ? MaxSeconds : null,
            Threads = Given(nameof(Threads)) ? Threads : null,
            Seed = Seed,
        };
    }

    private Optimizer EffectiveOptimizer => Given(nameof(Optimizer)) ? Optimizer : Recipe.GetSettings().Optimizer;

    private int[] EffectiveHidden => Given(nameof(Hidden)) ? Hidden : Recipe.GetHidden();

    private bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>A parameter that the optimiser would not look at was given by mistake.</summary>
    private void RequireSettingsOfTheOptimizer()
    {
        Require(nameof(Momentum), Optimizer.Momentum, Optimizer.Nesterov);
        Require(nameof(Beta1), Optimizer.Adam, Optimizer.AdamW);
        Require(nameof(Beta2), Optimizer.Adam, Optimizer.AdamW);

        void Require(string parameter, Optimizer first, Optimizer second)
        {
            if (Given(parameter) && EffectiveOptimizer != first && EffectiveOptimizer != second)
            {
                throw new SettingException(
                    parameter,
                    $"-{parameter} belongs to the optimisers {first} and {second}; the optimiser here is {EffectiveOptimizer}. Add -Optimizer {first}, or leave -{parameter} away.",
                    "SettingOfAnotherOptimizer");
            }
        }
    }

    /// <summary>A parameter that describes a new network contradicts a network that is given.</summary>
    private void RequireNoneOfANewNetwork()
    {
        foreach (string parameter in new[] { nameof(Hidden), nameof(Activation), nameof(Initializer) })
        {
            if (Given(parameter))
            {
                throw new SettingException(
                    parameter,
                    $"-{parameter} describes a new network, but the network {Network} was given. Leave one of the two away.",
                    "SettingOfANewNetwork");
            }
        }
    }
}
