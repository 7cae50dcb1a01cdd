using System.Text;

namespace MnistNet;

/// <summary>
/// One page about a network: how it was trained, how good it is, where it errs, what it looks for, and a place to draw
/// digits that it reads. The page is one file that needs nothing else, now or later.
/// </summary>
public static class TrainingReport
{
    private static readonly string[] s_splits = [" train", " test"];

    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="subject">What it tells of.</param>
    /// <param name="options">What can be chosen of it.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    /// <param name="progress">Told what is being done and how far it is, 0 to 1; null when it is not asked for.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>; no file is written
    /// then.</param>
    /// <exception cref="ShapeException">The network does not fit the digits.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Save(
        string path,
        ReportSubject subject,
        ReportOptions options,
        bool overwrite = true,
        bool overwriteReadOnly = false,
        Action<string, double>? progress = null,
        CancellationToken cancellation = default)
        => SavePage(path, Build(subject, options, progress, cancellation), overwrite, overwriteReadOnly);

    /// <summary>The page as text.</summary>
    internal static string Build(
        ReportSubject subject,
        ReportOptions options,
        Action<string, double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(options);
        Tell("reading the digits", 0);
        ReportFacts facts = ReportFacts.Measure(subject, options, cancellation);
        Tell("looking at what is usual", 0.4);
        var network = PageNetwork.Of(facts.Network);
        PageChecks? checks = network.Omitted is null ? PageChecks.Of(facts.Network, subject.Test) : null;
        DigitDistance? unlike = network.Omitted is null ? UnlikeOf(subject) : null;
        Tell("drawing weights and mistakes", 0.6);
        var snapshots = PageSnapshots.Of(subject.Training);
        ReportSection?[] sections =
        [
            SummarySection.Of(facts),
            CurvesSection.Of(facts),
            SnapshotSection.Of(snapshots),
            ConfusionSection.Of(facts),
            MistakesSection.Of(facts),
            AttributionSection.Of(facts),
            ClassesSection.Of(facts),
            WeightsSection.Of(facts),
            DrawSection.Of(network),
            CheckSection.Of(checks),
        ];
        Tell("writing the page", 0.9);
        return ReportPage.Compose(
            options.Title ?? TitleOf(subject),
            Lead(facts),
            [.. sections.OfType<ReportSection>()],
            PageData.Of(facts.ClassNames, network, checks, unlike, snapshots),
            options.Created);

        void Tell(string what, double share)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(what, share);
        }
    }

    /// <summary>Writes a page that is ready.</summary>
    internal static void SavePage(string path, string page, bool overwrite, bool overwriteReadOnly)
        => AtomicFile.Write(path, stream => Write(stream, page), overwrite, overwriteReadOnly);

    /// <summary>Writes a page that is ready.</summary>
    internal static void Write(Stream stream, string page) => stream.Write(s_encoding.GetBytes(page));

    private static string TitleOf(ReportSubject subject)
    {
        string? data = subject.Training?.Data ?? subject.Test?.Name;
        string network = subject.Network.Name.Length > 0 ? subject.Network.Name
            : $"{subject.Network.Shape} {subject.Network.Activation}";
        return data is null ? network : $"{network} on {WithoutSplit(data)}";
    }

    /// <summary>The name of a dataset from that of one of its sets: <c>MNIST</c> of <c>MNIST train</c>.</summary>
    internal static string WithoutSplit(string name)
    {
        string? split = s_splits.FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal));
        return split is null ? name : name[..^split.Length];
    }

    private static Html Lead(ReportFacts facts)
    {
        string network = facts.Network.Layers.Count switch
        {
            1 => "A network without hidden layers",
            2 => "A network with one hidden layer",
            int layers => $"A network with {layers - 1} hidden layers",
        };
        return facts.Evaluation is Evaluation evaluation
            ? Html.Of($"{network} that reads {ReportNumbers.Exact(evaluation.Accuracy)} of {evaluation.Data} right.")
            : Html.Of($"{network}: {facts.Network.ToString()}.");
    }

    /// <summary>What tells unusual drawings; null without labelled digits of the network's shape.</summary>
    private static DigitDistance? UnlikeOf(ReportSubject subject)
    {
        const int Most = 10_000;
        DigitSet? train = subject.Train ?? subject.Test;
        if (train is not { IsLabeled: true, Count: > 0 } || train.PixelCount != subject.Network.Inputs)
        {
            return null;
        }

        DigitSet? heldOut = ReferenceEquals(train, subject.Test) ? null : subject.Test?.Take(Most);
        return DigitDistance.Calibrate(
            subject.Network.See(train.Take(Most)), heldOut is null ? null : subject.Network.See(heldOut));
    }
}
