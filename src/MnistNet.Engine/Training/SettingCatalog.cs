using MnistNet.Kernels;

namespace MnistNet;

/// <summary>
/// Every setting of a training, each declared here and nowhere else, in the order of a sweep's columns.
/// </summary>
public static class SettingCatalog
{
    // Training computes in float32. Within these bounds a factor stays far from 0 and from infinity, schedules and
    // corrections included.
    private const double LeastFactor = 1e-30, MostFactor = 1e30;

    // Nearer to 1, a share that float32 holds would be 1, or 1 minus it be another number.
    private const double MostShare = 0.999999;

    // Adam's second moments count as 0 below 1e-30: beside √v, a smaller ε would turn the noise there into steps of any
    // length.
    private const double LeastEpsilon = 1e-12;

    private static readonly SettingRange FloatShare = new(LeastFactor, MostShare) { HasZero = true };
    private static readonly SettingRange Share = new(0, 1) { IsBelow = true };
    private static readonly SettingRange CountFromOne = new(1);
    private static readonly Optimizer[] WithMomentum = [MnistNet.Optimizer.Momentum, MnistNet.Optimizer.Nesterov];
    private static readonly Optimizer[] Adaptive = [MnistNet.Optimizer.Adam, MnistNet.Optimizer.AdamW];

    /// <summary>Settings known to work well together; whatever else is given takes precedence over them.</summary>
    public static Setting Recipe { get; } = new(nameof(Recipe), "Settings that are known to work well together.")
    {
        Type = typeof(Recipe),
        Default = MnistNet.Recipe.Classic,
        // What it consists of are settings of their own.
        DecidesResult = false,
    };

    /// <summary>The widths of the hidden layers of a new network.</summary>
    public static Setting Hidden { get; } = new(nameof(Hidden), "The widths of the hidden layers of a new network.")
    {
        Default = "10",
        IsLogarithmic = true,
    };

    /// <summary>What the hidden layers of a new network apply.</summary>
    public static Setting Activation { get; } = new(nameof(Activation), "What the hidden layers apply to their sums.")
    {
        Type = typeof(Activation),
        Default = MnistNet.Activation.ReLU,
    };

    /// <summary>How the first weights of a new network are drawn.</summary>
    public static Setting Initializer { get; } = new(nameof(Initializer), "How the first weights are drawn.")
    {
        Type = typeof(Initializer),
        Default = MnistNet.Initializer.He,
    };

    /// <summary>The update rule.</summary>
    public static Setting Optimizer { get; } = new(nameof(Optimizer), "The rule that turns a gradient into an update.");

    /// <summary>α.</summary>
    public static Setting Alpha { get; } = new(nameof(Alpha), "The learning rate α.")
    {
        Range = new SettingRange(LeastFactor, MostFactor),
        Expected = "a learning rate is a positive number, such as 0.1, that float32 can hold (1E-30 to 1E+30)",
        DefaultText = "0.1, or 0.001 for Adam and AdamW",
        IsLogarithmic = true,
    };

    /// <summary>The number of updates.</summary>
    public static Setting Iterations { get; } = new(nameof(Iterations), "The number of updates.")
    {
        Range = CountFromOne,
        Expected = "training needs at least 1",
        DefaultText = "700, or what `Epochs` makes",
    };

    /// <summary>m.</summary>
    public static Setting BatchSize { get; } = new(nameof(BatchSize), "The number of images an update looks at.")
    {
        Range = CountFromOne,
        Expected = "a batch has at least 1 image",
        DefaultText = "all of them",
        IsLogarithmic = true,
    };

    /// <summary>The number of passes over the training set.</summary>
    public static Setting Epochs { get; } = new(
        nameof(Epochs), "The number of passes over the training set, in batches of `BatchSize`.")
    {
        Range = CountFromOne,
        Expected = "training needs at least 1",
    };

    /// <summary>μ.</summary>
    public static Setting Momentum { get; } = new(nameof(Momentum), "μ of Momentum and Nesterov.")
    {
        Range = FloatShare,
        Expected = "it lies from 0 to 0.999999, usually 0.9",
        Optimizers = WithMomentum,
    };

    /// <summary>β₁.</summary>
    public static Setting Beta1 { get; } = new(nameof(Beta1), "β₁ of Adam and AdamW.")
    {
        Range = FloatShare,
        Expected = "it lies from 0 to 0.999999, usually 0.9",
        Optimizers = Adaptive,
    };

    /// <summary>β₂.</summary>
    public static Setting Beta2 { get; } = new(nameof(Beta2), "β₂ of Adam and AdamW.")
    {
        Range = FloatShare,
        Expected = "it lies from 0 to 0.999999, usually 0.999",
        Optimizers = Adaptive,
    };

    /// <summary>ε.</summary>
    public static Setting Epsilon { get; } = new(
        nameof(Epsilon), "ε of Adam and AdamW, which keeps them from dividing by 0.")
    {
        Range = new SettingRange(LeastEpsilon, MostFactor),
        Expected = "it is a small positive number of at least 1E-12, usually 1E-08",
        DefaultText = "1e-8",
        Optimizers = Adaptive,
        IsLogarithmic = true,
    };

    /// <summary>λ.</summary>
    public static Setting WeightDecay { get; } = new(
        nameof(WeightDecay), "λ: how strongly weights are pulled towards 0.")
    {
        Range = new SettingRange(LeastFactor, MostFactor) { HasZero = true },
        Expected = "it is 0 or a small positive number, such as 1e-4, that float32 can hold (1E-30 to 1E+30)",
        IsLogarithmic = true,
    };

    /// <summary>How α changes over the run.</summary>
    public static Setting Schedule { get; } = new(nameof(Schedule), "How α changes over the run.");

    /// <summary>The share of the run over which α rises first.</summary>
    public static Setting WarmUp { get; } = new(nameof(WarmUp), "The share of the run over which α rises from 0 first.")
    {
        Range = Share,
        Expected = "it is a share of the run in [0, 1)",
    };

    /// <summary>The share of each one-hot target that is spread over all classes.</summary>
    public static Setting LabelSmoothing { get; } = new(
        nameof(LabelSmoothing), "The share of each one-hot target that is spread over all classes.")
    {
        Range = FloatShare,
        Expected = "it lies from 0 to 0.999999, usually 0.05 or 0.1",
    };

    /// <summary>What is done to an image before a new network sees it.</summary>
    public static Setting Preprocessing { get; } = new(
        nameof(Preprocessing), "What is done to an image before the network sees it.")
    {
        Type = typeof(Preprocessing),
        Default = MnistNet.Preprocessing.None,
    };

    /// <summary>How the digits learned from are changed.</summary>
    public static Setting Augmentation { get; } = new(
        nameof(Augmentation), "How the digits learned from are changed at random, afresh in each epoch.");

    /// <inheritdoc cref="AugmentationStrength.MaximumShift"/>
    public static Setting MaximumShift { get; } = new(
        nameof(MaximumShift), "The most pixels that augmentation moves a digit, each way.")
    {
        Range = new SettingRange(0, 14),
        Expected = "it is a number of pixels from 0 to 14, usually 1",
        Augmentation = MnistNet.Augmentation.Shift,
    };

    /// <inheritdoc cref="AugmentationStrength.MaximumRotation"/>
    public static Setting MaximumRotation { get; } = new(
        nameof(MaximumRotation), "The most degrees that augmentation turns a digit, either way.")
    {
        Range = new SettingRange(0, 180),
        Expected = "it is a number of degrees from 0 to 180, usually 12",
        Augmentation = MnistNet.Augmentation.Affine,
    };

    /// <inheritdoc cref="AugmentationStrength.MaximumScaling"/>
    public static Setting MaximumScaling { get; } = new(
        nameof(MaximumScaling),
        "The most that augmentation changes the logarithm of a digit's width, and of its height.")
    {
        Range = new SettingRange(0, 1),
        Expected = "it lies from 0 to 1, usually 0.15",
        Augmentation = MnistNet.Augmentation.Affine,
    };

    /// <inheritdoc cref="AugmentationStrength.MaximumShear"/>
    public static Setting MaximumShear { get; } = new(
        nameof(MaximumShear), "The most that augmentation shears a digit: pixels to the side for each pixel down.")
    {
        Range = new SettingRange(0, 1),
        Expected = "it lies from 0 to 1, usually 0.15",
        Augmentation = MnistNet.Augmentation.Affine,
    };

    /// <inheritdoc cref="AugmentationStrength.Elasticity"/>
    public static Setting Elasticity { get; } = new(
        nameof(Elasticity), "How far augmentation displaces the points of a digit when it bends it, in pixels.")
    {
        Range = new SettingRange(0, 10),
        Expected = "it is a number of pixels from 0 to 10, usually 1.3",
        Augmentation = MnistNet.Augmentation.Elastic,
    };

    /// <inheritdoc cref="AugmentationStrength.Smoothness"/>
    public static Setting Smoothness { get; } = new(
        nameof(Smoothness), "Over how many pixels the displacement of `Elasticity` evens out.")
    {
        Range = new SettingRange(0.5, 14),
        Expected = "it is a number of pixels from 0.5 to 14, usually 4",
        Augmentation = MnistNet.Augmentation.Elastic,
    };

    /// <summary>The share of the training set that is held out for validation.</summary>
    public static Setting ValidationFraction { get; } = new(
        nameof(ValidationFraction), "The share of the training set that is held out for validation.")
    {
        Range = Share,
        Expected = "it is a share of the training set in [0, 1)",
    };

    /// <summary>How long a lack of improvement is borne.</summary>
    public static Setting Patience { get; } = new(
        nameof(Patience),
            "The number of history rows without improvement of the validation loss after which training stops.")
    {
        Range = CountFromOne,
        Expected = "it is a number of history rows, at least 1",
    };

    /// <summary>What counts as an improvement.</summary>
    public static Setting MinimumDelta { get; } = new(
        nameof(MinimumDelta), "How much the validation loss must fall to count as an improvement.")
    {
        Range = new SettingRange(0),
        Expected = "it is 0 or positive",
    };

    /// <summary>The accuracy that is enough.</summary>
    public static Setting TargetAccuracy { get; } = new(
        nameof(TargetAccuracy),
            "Training stops once this accuracy is reached, on the validation share when there is one.")
    {
        Range = new SettingRange(0, 1) { IsAbove = true },
        Expected = "an accuracy lies in (0, 1]: 0.9 means 90 %",
    };

    /// <summary>The time that is enough.</summary>
    public static Setting MaxSeconds { get; } = new(nameof(MaxSeconds), "Training stops after this many seconds.")
    {
        Range = new SettingRange(0) { IsAbove = true },
        Expected = "it is a positive number of seconds",
        DecidesResult = false,
    };

    /// <summary>Decides everything that is drawn.</summary>
    public static Setting Seed { get; } = new(
        nameof(Seed), "Decides the first weights, the order of mini-batches and the validation share.");

    /// <summary>The number of threads.</summary>
    public static Setting Threads { get; } = new(nameof(Threads), "The number of threads. It never changes a result.")
    {
        Range = new SettingRange(1, WorkerTeam.MaximumSize),
        Expected = $"1 to {WorkerTeam.MaximumSize} threads can be used",
        DefaultText = "one a processor",
        DecidesResult = false,
        CanBeSwept = false,
    };

    /// <summary>How often a snapshot is kept.</summary>
    public static Setting SnapshotEvery { get; } = new(
        nameof(SnapshotEvery),
            "The number of history rows between two snapshots of the first layer and of the confusion.")
    {
        Range = CountFromOne,
        Expected = "it is a number of history rows, at least 1",
        DecidesResult = false,
        CanBeSwept = false,
    };

    /// <summary>All settings.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Recipe, Hidden, Activation, Initializer, Preprocessing, Optimizer, Alpha, Iterations, BatchSize, Epochs,
        Momentum, Beta1, Beta2, Epsilon, WeightDecay, Schedule, WarmUp, LabelSmoothing, Augmentation, MaximumShift,
        MaximumRotation, MaximumScaling, MaximumShear, Elasticity, Smoothness, ValidationFraction, Patience,
        MinimumDelta, TargetAccuracy, MaxSeconds, Seed, Threads, SnapshotEvery,
    ];

    private static readonly Dictionary<string, Setting> ByName = All.ToDictionary(
        setting => setting.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The setting of a name, in any case of letters; null when there is none.</summary>
    public static Setting? Find(string name) => ByName.GetValueOrDefault(name);
}
