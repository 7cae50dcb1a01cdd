using System.Globalization;
using System.Reflection;

namespace MnistNet;

/// <summary>
/// One run of a sweep, as a flat row: the settings first, then what came out. Before the run only the settings are
/// filled in.
/// </summary>
public sealed class SweepRun : IEquatable<SweepRun>
{
    /// <summary>
    /// The recipe that was given; the settings it consists of have columns of their own. Null when none was.
    /// </summary>
    public Recipe? Recipe { get; internal set; }

    /// <summary>The widths of the hidden layers, such as <c>100</c> or <c>128-64</c>; <c>none</c> for none.</summary>
    public string Hidden { get; internal set; } = "10";

    /// <summary>What the hidden layers apply.</summary>
    public Activation Activation { get; internal set; }

    /// <summary>How the first weights were drawn.</summary>
    public Initializer Initializer { get; internal set; }

    /// <summary>What is done to an image before the network sees it.</summary>
    public Preprocessing Preprocessing { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.Optimizer"/>
    public Optimizer Optimizer { get; internal set; }

    /// <summary>The learning rate α; null means the optimiser's usual one.</summary>
    public double? Alpha { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.Iterations"/>
    public int? Iterations { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.BatchSize"/>
    public int? BatchSize { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.Epochs"/>
    public int? Epochs { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.Momentum"/>
    public double Momentum { get; internal set; } = Usual.Momentum;

    /// <inheritdoc cref="TrainingSettings.Beta1"/>
    public double Beta1 { get; internal set; } = Usual.Beta1;

    /// <inheritdoc cref="TrainingSettings.Beta2"/>
    public double Beta2 { get; internal set; } = Usual.Beta2;

    /// <inheritdoc cref="TrainingSettings.Epsilon"/>
    public double Epsilon { get; internal set; } = Usual.Epsilon;

    /// <inheritdoc cref="TrainingSettings.WeightDecay"/>
    public double WeightDecay { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.Schedule"/>
    public Schedule Schedule { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.WarmUp"/>
    public double WarmUp { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.LabelSmoothing"/>
    public double LabelSmoothing { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.Augmentation"/>
    public Augmentation Augmentation { get; internal set; }

    /// <inheritdoc cref="AugmentationStrength.MaximumShift"/>
    public int MaximumShift { get; internal set; } = Usual.MaximumShift;

    /// <inheritdoc cref="AugmentationStrength.MaximumRotation"/>
    public double MaximumRotation { get; internal set; } = Usual.MaximumRotation;

    /// <inheritdoc cref="AugmentationStrength.MaximumScaling"/>
    public double MaximumScaling { get; internal set; } = Usual.MaximumScaling;

    /// <inheritdoc cref="AugmentationStrength.MaximumShear"/>
    public double MaximumShear { get; internal set; } = Usual.MaximumShear;

    /// <inheritdoc cref="AugmentationStrength.Elasticity"/>
    public double Elasticity { get; internal set; } = Usual.Elasticity;

    /// <inheritdoc cref="AugmentationStrength.Smoothness"/>
    public double Smoothness { get; internal set; } = Usual.Smoothness;

    /// <inheritdoc cref="TrainingSettings.ValidationFraction"/>
    public double ValidationFraction { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.Patience"/>
    public int? Patience { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.MinimumDelta"/>
    public double MinimumDelta { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.TargetAccuracy"/>
    public double? TargetAccuracy { get; internal set; }

    /// <inheritdoc cref="TrainingSettings.MaxSeconds"/>
    public double? MaxSeconds { get; internal set; }

    /// <summary>Decides the first weights, the order of mini-batches and the validation share.</summary>
    public int Seed { get; internal set; }

    /// <summary>The name of the data.</summary>
    public string Data { get; internal set; } = "";

    /// <summary>
    /// The first 16 digits of a SHA-256 over training and test set: rows with the same one saw the same digits.
    /// </summary>
    public string DataFingerprint { get; internal set; } = "";

    /// <inheritdoc cref="TrainingResult.TrainAccuracy"/>
    public double? TrainAccuracy { get; internal set; }

    /// <inheritdoc cref="TrainingResult.ValidationAccuracy"/>
    public double? ValidationAccuracy { get; internal set; }

    /// <inheritdoc cref="TrainingResult.TestAccuracy"/>
    public double? TestAccuracy { get; internal set; }

    /// <inheritdoc cref="TrainingResult.Loss"/>
    public double? Loss { get; internal set; }

    /// <inheritdoc cref="TrainingResult.TestLoss"/>
    public double? TestLoss { get; internal set; }

    /// <summary>The number of updates done.</summary>
    public int? Updates { get; internal set; }

    /// <inheritdoc cref="TrainingResult.Seconds"/>
    public double? Seconds { get; internal set; }

    /// <inheritdoc cref="TrainingResult.ImagesPerSecond"/>
    public double? ImagesPerSecond { get; internal set; }

    /// <summary>Why training ended; null when the run failed.</summary>
    public StopReason? StopReason { get; internal set; }

    /// <summary>
    /// The first 16 digits of a SHA-256 over all weights and biases: equal ones mean the same network to the bit.
    /// </summary>
    public string NetworkFingerprint { get; internal set; } = "";

    /// <summary>The machine it ran on.</summary>
    public string Host { get; internal set; } = "";

    /// <summary>Why the run failed; empty when it did not.</summary>
    public string Error { get; internal set; } = "";

    /// <summary>The network, where the sweep keeps it: that of its best run.</summary>
    public Network? Network { get; internal set; }

    /// <summary>
    /// The settings that vary in its sweep, seeds aside: what a view shows of a row. Null for a row alone.
    /// </summary>
    internal IReadOnlyList<string>? Varying { get; set; }

    private static readonly TrainingSettings Usual = new();

    /// <summary>A row with these settings filled in, those of their recipe and the usual learning rate too.</summary>
    public static SweepRun Of(GivenSettings given)
    {
        ArgumentNullException.ThrowIfNull(given);
        TrainingSettings settings = given.ToTraining();
        var run = new SweepRun
        {
            Recipe = given.Names.Contains(nameof(Recipe)) ? given.Recipe : null,
            Hidden = HiddenLayers.ToText(given.Hidden),
            Activation = given.Activation,
            Initializer = given.Initializer,
            Preprocessing = given.Preprocessing,
        };
        foreach (PropertyInfo column in SweepColumns.Settings)
        {
            if (SettingCatalog.Find(column.Name) is { IsOfTraining: true } setting)
            {
                column.SetValue(run, setting.Of(settings));
            }
        }

        run.Alpha = settings.EffectiveAlpha;
        return run;
    }

    /// <summary>The settings of this row, as if they had been given by hand.</summary>
    public GivenSettings ToGiven() => GivenSettings.Of(
        SweepColumns.Settings.Select(column => new KeyValuePair<string, object?>(column.Name, column.GetValue(this))));

    /// <summary>The settings of this run as training takes them.</summary>
    /// <param name="threads">The number of threads the run may use; null means one a processor.</param>
    public TrainingSettings ToSettings(int? threads = null) => ToGiven().ToTraining() with { Threads = threads };

    /// <summary>The fresh network that this run begins with.</summary>
    /// <param name="inputs">The number of pixels of an image.</param>
    /// <param name="cancellation">Ends the drawing of a large network.</param>
    public Network CreateNetwork(int inputs = 784, CancellationToken cancellation = default) =>
        ToGiven().CreateNetwork(inputs, cancellation);

    /// <summary>This row with what training gave.</summary>
    internal SweepRun With(TrainingResult result) => With(run =>
    {
        run.TrainAccuracy = result.TrainAccuracy;
        run.ValidationAccuracy = result.ValidationAccuracy;
        run.TestAccuracy = result.TestAccuracy;
        run.Loss = result.Loss;
        run.TestLoss = result.TestLoss;
        run.Updates = result.Iterations;
        run.Seconds = result.Seconds;
        run.ImagesPerSecond = result.ImagesPerSecond;
        run.StopReason = result.StopReason;
        run.Network = result.Network;
        run.NetworkFingerprint = result.Fingerprint;
    });

    /// <summary>This row with some values changed.</summary>
    internal SweepRun With(Action<SweepRun> change)
    {
        var copy = (SweepRun)MemberwiseClone();
        change(copy);
        return copy;
    }

    /// <summary>Whether the other row has the same value in every column.</summary>
    public bool Equals(SweepRun? other)
        => other is not null && SweepColumns.All.All(column => Equals(column.GetValue(this), column.GetValue(other)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SweepRun);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Hidden, Optimizer, Alpha, Iterations, Seed, NetworkFingerprint);

    /// <summary>Such as <c>784-10-10 Alpha 0.1 Seed 3: test accuracy 0.9098</c>.</summary>
    public override string ToString()
    {
        string outcome = (Error, TestAccuracy, TrainAccuracy) switch
        {
            ({ Length: > 0 }, _, _) => Error,
            (_, double test, _) => $"test accuracy {Text(test)}",
            (_, _, double train) => $"train accuracy {Text(train)}",
            _ => "not run",
        };
        string alpha = Setting.Text(Alpha ?? ToSettings().EffectiveAlpha);
        return $"{Hidden} {Optimizer} Alpha {alpha} Seed {Setting.Text(Seed)}: {outcome}";

        static string Text(double accuracy) => accuracy.ToString("F4", CultureInfo.InvariantCulture);
    }
}
