using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Loads MNIST or one of its relatives, from files or by download, or draws digits itself.</summary>
[Cmdlet(VerbsData.Import, "Mnist", DefaultParameterSetName = KnownSet, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(MnistDataset))]
[OutputType(typeof(DigitSet))]
public sealed class ImportMnistCommand : MnistNetCommand
{
    private const string KnownSet = "Known", PathSet = "Path", LiteralPathSet = "LiteralPath";
    private const string SyntheticSet = "Synthetic";

    private volatile DownloadProgress? _download;

    /// <summary>
    /// A folder with idx files or Kaggle's CSV files, one such file, the stem of an idx pair, or an npz. Wildcards are
    /// allowed.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, by its exact name.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Only this part: the result is a set instead of a dataset.</summary>
    [Parameter]
    public DatasetSplit Split { get; set; }

    /// <summary>Which of the datasets in MNIST's format.</summary>
    [Parameter(ParameterSetName = KnownSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public DatasetName Dataset { get; set; }

    /// <summary>Only the first so many digits of each part.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int Count { get; set; }

    /// <summary>Draws digits instead of loading any: no files and no network are needed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SyntheticSet)]
    public SwitchParameter Synthetic { get; set; }

    /// <summary>The same seed draws the same digits.</summary>
    [Parameter(ParameterSetName = SyntheticSet)]
    [NumberTransformation]
    public int Seed { get; set; }

    /// <summary>Addresses to download from, tried in turn, in place of the usual ones.</summary>
    [Parameter(ParameterSetName = KnownSet)]
    [ValidateNotNullOrEmpty]
    public Uri[] Source { get; set; } = [];

    /// <summary>Downloads anew, even when the files are here.</summary>
    [Parameter(ParameterSetName = KnownSet)]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        switch (ParameterSetName)
        {
            case SyntheticSet:
                WriteObject(Run("Drawing digits", _ => Draw(), Waiting("with a hand of its own")));
                break;
            case KnownSet:
                Target = Dataset;
                Load(path: null);
                break;
            default:
                bool literal = ParameterSetName == LiteralPathSet;
                foreach (string path in literal ? LiteralPath : Path)
                {
                    Target = path;
                    if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
                    {
                        // The engine knows best what to say of a path that is not there.
                        ProcessItem(() => Load(FileSystemPaths.Resolve(SessionState, path)));
                        continue;
                    }

                    foreach (string found in this.ResolveExisting(path, literal: false))
                    {
                        Target = found;
                        ProcessItem(() => Load(found));
                    }
                }

                break;
        }
    }

    private void Load(string? path)
    {
        Func<WorkProgress?> waiting = Waiting("reading files");
        object data = Run(
            $"Importing {Dataset}",
            messages => Load(CreateOptions(path, messages)),
            () => _download is DownloadProgress download ? Describe(download) : waiting());
        WarnOfFewer((data as MnistDataset)?.Train ?? (DigitSet)data);
        WriteObject(data);
    }

    /// <summary>
    /// Says so when a set has fewer digits than were asked for. Of a dataset that is the training set.
    /// </summary>
    private void WarnOfFewer(DigitSet set)
    {
        if (CountOr(0) > set.Count)
        {
            WriteWarning(Invariant(
                $"{set.Name} has {set.Count:N0} digits, fewer than the {Count:N0} asked for: all of them were taken."));
        }
    }

    private object Load(MnistSourceOptions options)
    {
        if (SplitIsGiven)
        {
            return MnistSource.LoadSplit(options, Split, CancellationToken);
        }

        return options.Path is not null && MnistSource.IsSingleSet(options.Path)
            ? MnistSource.LoadFile(options, CancellationToken)
            : MnistSource.Load(options, CancellationToken);
    }

    private object Draw()
    {
        if (!SplitIsGiven)
        {
            // As with files, the test set has no more than its 10,000.
            return SyntheticDigits.Create(CountOr(60_000), Math.Min(CountOr(10_000), 10_000), Seed, CancellationToken);
        }

        return Split == DatasetSplit.Train
            ? SyntheticDigits.CreateTrain(CountOr(60_000), Seed, CancellationToken)
            : SyntheticDigits.CreateTest(CountOr(10_000), Seed, CancellationToken);
    }

    private bool SplitIsGiven => MyInvocation.BoundParameters.ContainsKey(nameof(Split));

    private int CountOr(int usual) => MyInvocation.BoundParameters.ContainsKey(nameof(Count)) ? Count : usual;

    private MnistSourceOptions CreateOptions(string? path, PipelineMessages messages) => new()
    {
        Path = path,
        Dataset = Dataset,
        Count = MyInvocation.BoundParameters.ContainsKey(nameof(Count)) ? Count : null,
        Mirrors = Source,
        Force = Force,
        Log = messages.Verbose,
        Progress = download => _download = download,
    };

    private static WorkProgress Describe(DownloadProgress download) => new(
        download.TotalBytes is long total
            ? $"{Origin(download)}, {Quantity.Bytes(download.Bytes)} of {Quantity.Bytes(total)}"
            : $"{Origin(download)}, {Quantity.Bytes(download.Bytes)}",
        (double?)download.Bytes / download.TotalBytes);

    private static string Origin(DownloadProgress download) => $"{download.File} from {download.Source.Host}";

    /// <summary>Something to look at when it takes longer than half a second.</summary>
    private static Func<WorkProgress?> Waiting(string status)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        return () => watch.ElapsedMilliseconds > 500 ? new WorkProgress(status) : null;
    }
}
