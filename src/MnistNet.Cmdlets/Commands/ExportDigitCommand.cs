using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Saves digits to a file.</summary>
[Cmdlet(VerbsData.Export, "Digit", SupportsShouldProcess = true, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(void), typeof(FileInfo))]
public sealed class ExportDigitCommand : FileWritingCommand
{
    private readonly List<Digit> _digits = [];

    /// <summary>The one set that came; it is unrolled only when something follows it.</summary>
    private DigitSet? _set;

    /// <summary>The digits: single ones, a set, or a dataset, of which the test set is taken.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [DigitDataTransformation]
    [ValidateNotNull]
    public DigitData Data { get; set; } = null!;

    /// <summary>The format of the file; without it the extension of the path decides.</summary>
    [Parameter]
    public DigitFileFormat? Format { get; set; }

    /// <summary>Of a picture: the side of the square that each pixel becomes.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1, 64)]
    public int Scale { get; set; } = 1;

    /// <summary>Of a picture: how many digits stand side by side.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1, 1000)]
    public int Columns { get; set; } = 10;

    /// <summary>Puts out the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Begin()
    {
        Format ??= DigitFile.FormatOf(Path);
        string? lonely =
            new[] { nameof(Scale), nameof(Columns) }.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
        if (Format != DigitFileFormat.Png && lonely is not null)
        {
            throw new SettingException(
                lonely,
                $"-{lonely} lays out a picture, and the format is {Format}. Leave it away, or save a .png.",
                "ConflictingParameters");
        }
    }

    private protected override void Process()
    {
        Target = Data;
        if (Data.Digits is null && _set is null && _digits.Count == 0)
        {
            _set = Data.Test;
            return;
        }

        if (_set is not null)
        {
            AddAll(_set);
            _set = null;
        }

        if (Data.Digits is IReadOnlyList<Digit> digits)
        {
            _digits.AddRange(digits);
        }
        else
        {
            AddAll(Data.Test);
        }
    }

    private protected override void End()
    {
        int count = _set?.Count ?? _digits.Count;
        if (count == 0)
        {
            return;
        }

        DigitFileFormat format = Format!.Value;
        var sheet = new DigitSheetOptions(Columns, Scale);
        WriteFile(
            Path,
            Quantity.Count(count, "digit"),
            path =>
            {
                if (_set is DigitSet set)
                {
                    DigitFile.Save(set, path, format, sheet, overwrite: !NoClobber, overwriteReadOnly: Force);
                }
                else
                {
                    DigitFile.Save(_digits, path, format, sheet, overwrite: !NoClobber, overwriteReadOnly: Force);
                }

                if (PassThru)
                {
                    WriteObject(new FileInfo(DigitFile.FilesOf(path, format)[0]));
                }
            },
            path => DigitFile.FilesOf(path, format));
    }

    private void AddAll(DigitSet set)
    {
        for (int i = 0; i < set.Count; i++)
        {
            _digits.Add(set[i]);
        }
    }
}
