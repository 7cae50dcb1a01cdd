using System.Collections;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// What a page is made of, sorted by what it is and not by where it was typed: a training or a network, digits, rows of
/// a sweep. So each of them can come down the pipeline.
/// </summary>
internal sealed class ReportInput(SessionState session)
{
    private static readonly DigitDataTransformationAttribute s_digits = new();
    private static readonly NetworkTransformationAttribute s_networks = new() { KeepTraining = true };

    private readonly List<Digit> _digits = [];
    private readonly List<SweepRun> _runs = [];
    private DigitData? _data;

    /// <summary>How the network was trained; null when that is not known.</summary>
    public TrainingResult? Training { get; private set; }

    /// <summary>The network; null when none came.</summary>
    public Network? Network { get; private set; }

    /// <summary>The rows of a sweep.</summary>
    public IReadOnlyList<SweepRun> Runs => _runs;

    /// <summary>The digits; null when none came.</summary>
    public DigitData? Data => _data ?? (_digits.Count > 0 ? new DigitData(_digits) : null);

    /// <summary>Takes one thing, or all of a list.</summary>
    /// <exception cref="MnistNetException">It is nothing that a page is made of, or a second of what a page has one
    /// of.</exception>
    public void Take(object? item)
    {
        switch (ArgumentValue.Unwrap(item))
        {
            case DigitData or MnistDataset or DigitSet or Digit:
                TakeDigits((DigitData)s_digits.Transform(null!, item!));
                break;
            case SweepRun run:
                _runs.Add(run);
                break;
            case IList list:
                foreach (object? element in list)
                {
                    Take(element);
                }

                break;
            case not null when SweepRow.Is(PSObject.AsPSObject(item)):
                _runs.Add(SweepRow.Read(PSObject.AsPSObject(item)));
                break;
            case not null when DigitRow.Is(item):
                TakeDigits((DigitData)s_digits.Transform(null!, item!));
                break;
            case string path:
                TakeNetwork(NetworkFile.Load(FileSystemPaths.Resolve(session, path)));
                break;
            case FileInfo file:
                TakeNetwork(NetworkFile.Load(file.FullName));
                break;
            default:
                TakeNetwork(Convert(item));
                break;
        }
    }

    /// <summary>The network behind what is none of the above, such as one that went through JSON.</summary>
    private object Convert(object? item)
    {
        try
        {
            return s_networks.Convert(session, item);
        }
        catch (ArgumentTransformationMetadataException exception)
        {
            throw exception.InnerException as MnistNetException ?? new SettingException(
                "Network",
                "A page is made of a result of Invoke-Training, a network or the path of its file, digits to judge it "
                    + $"by, or rows of a sweep; found {ArgumentValue.Describe(ArgumentValue.Unwrap(item))}.",
                "InputNotReportable");
        }
    }

    private void TakeDigits(DigitData data)
    {
        if (data.Digits is IReadOnlyList<Digit> digits)
        {
            _digits.AddRange(digits);
            return;
        }

        RequireFirst(_data is null, "set of digits");
        _data = data;
    }

    private void TakeNetwork(object found)
    {
        RequireFirst(Network is null, "network");
        Training = found as TrainingResult;
        Network = Training?.Network ?? (Network)found;
    }

    private static void RequireFirst(bool isFirst, string what)
    {
        if (!isFirst)
        {
            throw new SettingException(
                "Network",
                $"A page is about one network and one set of digits, and a second {what} came. "
                    + "Give each its own `Path`, in ForEach-Object for example.",
                "OneNetworkAPage");
        }
    }
}
