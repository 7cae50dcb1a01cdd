namespace MnistNet.Pages;

/// <summary>
/// A real page with every section there is: a short training with snapshots, and mistakes of every kind.
/// </summary>
internal static class ReportPages
{
    private static readonly Lazy<(string Html, TrainingResult Training)> s_page = new(() =>
    {
        MnistDataset digits = Networks.Digits;
        DigitSet train = digits.Train.Take(2_000), test = digits.Test.Take(1_000);
        var settings = new TrainingSettings { Alpha = 0.5, Iterations = 60, SnapshotEvery = 20 };
        Network start = Network.Create([24], seed: 1, preprocessing: Preprocessing.MomentNormalization);
        TrainingResult training = Trainer.Train(start, train, test, settings);
        var subject = new ReportSubject(training.Network) { Training = training, Train = train, Test = test };
        string html = TrainingReport.Build(subject, new ReportOptions { Title = "A </script> page & \"more\" 🙂" });
        return (html, training);
    });

    public static TrainingResult Training => s_page.Value.Training;

    /// <summary>Writes the page and gives its path.</summary>
    public static string Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, s_page.Value.Html);
        return path;
    }
}
