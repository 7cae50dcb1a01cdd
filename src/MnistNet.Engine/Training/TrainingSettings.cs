namespace MnistNet;

/// <summary>
/// Everything that decides how a training runs. Two runs with equal settings, network and data end in the same bits.
/// </summary>
public sealed record TrainingSettings
{
    private static readonly AugmentationStrength UsualStrength = new();

    /// <summary>The learning rate α. Null means the optimiser's usual one: 0.1, or 0.001 for Adam and AdamW.</summary>
    public double? Alpha { get; init; }

    /// <summary>The number of updates. Null means 700, or what <see cref="Epochs"/> makes.</summary>
    public int? Iterations { get; init; }

    /// <summary>The number of images an update looks at. Null means all of them (full batch).</summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// The number of passes over the training set; needs <see cref="BatchSize"/> and excludes <see cref="Iterations"/>.
    /// </summary>
    public int? Epochs { get; init; }

    /// <summary>The update rule.</summary>
    public Optimizer Optimizer { get; init; }

    /// <summary>μ of Momentum and Nesterov.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>β₁ of Adam and AdamW.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ of Adam and AdamW.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε of Adam and AdamW.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// λ: weights (not biases) are pulled towards 0. An L2 term in the gradient, or decoupled with AdamW.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>How α changes over the run.</summary>
    public Schedule Schedule { get; init; }

    /// <summary>
    /// The share of the run over which α rises from 0 first; OneCycle has its own rise of 0.3 when this is 0.
    /// </summary>
    public double WarmUp { get; init; }

    /// <summary>
    /// The share ε of each one-hot target that is spread over all classes (C. Szegedy and others, 2016).
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The share of the training set that is held back for validation, the same share of each class.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// The number of history rows without improvement of the validation loss after which training stops; null never
    /// stops.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>How much the validation loss must fall to count as an improvement.</summary>
    public double MinimumDelta { get; init; }

    /// <summary>
    /// Training stops once this accuracy is reached: on the validation share when there is one, else on the training
    /// set.
    /// </summary>
    public double? TargetAccuracy { get; init; }

    /// <summary>
    /// Training stops after this many seconds; where it goes on from a checkpoint, the seconds are counted anew.
    /// </summary>
    public double? MaxSeconds { get; init; }

    /// <summary>The number of threads. Null means one a processor. It never changes a result.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Decides the order of mini-batches and the validation share (and the first weights, where the network is made for
    /// the run).
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// The number of history rows between two snapshots of the first layer and of the confusion; null keeps none. There
    /// are at most 100: of more, every second one is dropped.
    /// </summary>
    public int? SnapshotEvery { get; init; }

    /// <summary>How the digits learned from are changed at random, afresh in each epoch.</summary>
    public Augmentation Augmentation { get; init; }

    /// <inheritdoc cref="AugmentationStrength.MaximumShift"/>
    public int MaximumShift { get; init; } = UsualStrength.MaximumShift;

    /// <inheritdoc cref="AugmentationStrength.MaximumRotation"/>
    public double MaximumRotation { get; init; } = UsualStrength.MaximumRotation;

    /// <inheritdoc cref="AugmentationStrength.MaximumScaling"/>
    public double MaximumScaling { get; init; } = UsualStrength.MaximumScaling;

    /// <inheritdoc cref="AugmentationStrength.MaximumShear"/>
    public double MaximumShear { get; init; } = UsualStrength.MaximumShear;

    /// <inheritdoc cref="AugmentationStrength.Elasticity"/>
    public double Elasticity { get; init; } = UsualStrength.Elasticity;

    /// <inheritdoc cref="AugmentationStrength.Smoothness"/>
    public double Smoothness { get; init; } = UsualStrength.Smoothness;

    /// <summary>How far augmentation may change a digit.</summary>
    internal AugmentationStrength Strength => new()
    {
        MaximumShift = MaximumShift,
        MaximumRotation = MaximumRotation,
        MaximumScaling = MaximumScaling,
        MaximumShear = MaximumShear,
        Elasticity = Elasticity,
        Smoothness = Smoothness,
    };

    /// <summary>The learning rate in force: <see cref="Alpha"/>, or the optimiser's usual one.</summary>
    public double EffectiveAlpha => Alpha ?? (Optimizer is Optimizer.Adam or Optimizer.AdamW ? 0.001 : 0.1);

    /// <summary>
    /// The number of updates in force: <see cref="Iterations"/>, or 700; null where <see cref="Epochs"/> say how long.
    /// </summary>
    public int? EffectiveIterations => Epochs is null ? Iterations ?? 700 : null;

    /// <summary>The constants of the update rule.</summary>
    internal OptimizerConstants Constants => new(Momentum, Beta1, Beta2, Epsilon, WeightDecay);

    /// <summary>
    /// What decides the run in the first place, such as <c>GradientDescent, alpha 0.1, 700 iterations, full batch</c>.
    /// </summary>
    public override string ToString()
    {
        string length = Epochs is int epochs
            ? $"{epochs} {(epochs == 1 ? "epoch" : "epochs")}"
            : $"{EffectiveIterations} iterations";
        string batch = BatchSize is int size ? $"batches of {size}" : "full batch";
        string alpha = EffectiveAlpha.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"{Optimizer}, alpha {alpha}, {length}, {batch}";
    }
}
