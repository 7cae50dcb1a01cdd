using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Writes one page about a training, a network or a sweep: a file that needs nothing else.</summary>
[Cmdlet(VerbsData.Export, "TrainingReport", SupportsShouldProcess = true, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(void), typeof(FileInfo))]
public sealed class ExportTrainingReportCommand : FileWritingCommand
{
    private const string Extension = ".html";

    private ReportInput _input = null!;

    /// <summary>
    /// What the page is about: a result of Invoke-Training, a network, the path of a network's file, or rows of a
    /// sweep.
    /// </summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public object? Network { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Position = 1)]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public override string Path { get; set; } = "";

    /// <summary>
    /// The digits to judge the network by: a dataset, whose test set is taken, a set, or single digits.
    /// </summary>
    [Parameter]
    public object? Data { get; set; }

    /// <summary>What comes down the pipeline: what the page is about, digits to judge it by, or both.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The title of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The most mistakes that are shown.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(0, 10_000)]
    public int MaxMistakes { get; set; } = new ReportOptions().MaxMistakes;

    /// <summary>Puts out the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Begin()
    {
        _input = new ReportInput(SessionState);
        object? typed = Network;
        if (Path.Length == 0 && ArgumentValue.Unwrap(typed) is string only
            && only.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            // The one thing that was typed is the page; what it is about comes down the pipeline.
            (Path, typed) = (only, null);
        }

        if (Path.Length == 0)
        {
            throw new SettingException(
                nameof(Path), "The page needs a file: add `Path` with a name such as report.html.", "PathMissing");
        }

        Take(typed);
        Take(Data);
    }

    private protected override void Process() => Take(InputObject);

    private protected override void End()
    {
        if (_input.Runs.Count > 0 && _input.Network is null)
        {
            Write(Quantity.Count(_input.Runs.Count, "run"), (file, _) => SweepReport.Save(
                file, _input.Runs, Options with { CommandOf = RepeatCommand.Of }, !NoClobber, Force));
            return;
        }

        if (_input.Network is not Network network)
        {
            if (!MyInvocation.ExpectingInput || _input.Data is not null)
            {
                throw new SettingException(
                    nameof(Network),
                    "Nothing was given that a page could be about: a result of Invoke-Training, a network, or rows of "
                        + "a sweep.",
                    "NothingToReport");
            }

            return;
        }

        DigitData? data = _input.Data;
        var subject = new ReportSubject(network)
        {
            Training = _input.Training,
            Test = data?.Test,
            Train = data?.Train,
        };
        string command = subject.Training is TrainingResult training
            ? RepeatCommand.Of(training, data?.Dataset)
            : "";
        Write(network.ToString(), (file, tell) => TrainingReport.Save(
            file, subject, Options with { Command = command }, !NoClobber, Force, tell, CancellationToken));
    }

    private void Take(object? item)
    {
        if (item is not null)
        {
            Target = item;
            _input.Take(item);
        }
    }

    private ReportOptions Options => new()
    {
        Title = Title,
        MaxMistakes = MaxMistakes,
        Created = DateTimeOffset.Now,
    };

    private void Write(string what, Action<string, Action<string, double>> save)
        => WriteFile(Path, $"a page about {what}", file =>
        {
            WorkProgress? progress = null;
            Run(
                $"Writing {System.IO.Path.GetFileName(file)}",
                _ =>
                {
                    save(file, (doing, share) => progress = new WorkProgress(doing, share));
                    return true;
                },
                () => progress);
            if (PassThru)
            {
                WriteObject(new FileInfo(file));
            }
        });
}
