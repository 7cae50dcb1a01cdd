namespace MnistNet.Tests;

/// <summary>Trainings to write pages about.</summary>
internal static class Reports
{
    public static readonly MnistDataset Digits = SyntheticDigits.Create(600, 200, seed: 1);

    private static readonly Lazy<TrainingResult> s_trained = new(() => Train([10]));

    /// <summary>A network of ten hidden units that has learned a little.</summary>
    public static TrainingResult Trained => s_trained.Value;

    /// <summary>The same with its digits.</summary>
    public static ReportSubject Subject => ReportSubject.Of(Trained) with { Test = Digits.Test, Train = Digits.Train };

    public static TrainingResult Train(IReadOnlyList<int> hidden, TrainingSettings? settings = null, int seed = 1)
        => Trainer.Train(
            Network.Create(hidden, seed: seed),
            Digits.Train,
            Digits.Test,
            settings ?? new TrainingSettings { Iterations = 40, Seed = seed });

    public static string Page(ReportSubject subject, ReportOptions? options = null)
        => TrainingReport.Build(subject, options ?? new ReportOptions());

    public static ReportFacts Facts(ReportSubject subject, ReportOptions? options = null)
        => ReportFacts.Measure(subject, options ?? new ReportOptions(), CancellationToken.None);

    /// <summary>The same digits without their labels.</summary>
    public static DigitSet Unlabelled(DigitSet set) => new("unlabelled", set.Pixels.ToArray(), labels: null);
}
