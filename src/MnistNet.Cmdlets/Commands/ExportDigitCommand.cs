using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Saves digits to a file.</summary>
[Cmdlet(VerbsData.Export, "Digit", SupportsShouldProcess = true, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(void), typeof(FileInfo))]
public sealed class ExportDigitCommand : FileWritingCommand
{
    private readonly List<Digit> _digits = [];

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

    private protected override void Begin() => Format ??= DigitFile.FormatOf(Path);

    private protected override void Process()
    {
        Target = Data;
        if (Data.Digits is IReadOnlyList<Digit> digits)
        {
            _digits.AddRange(digits);
            return;
        }

        DigitSet set = Data.Test;
        for (int i = 0; i < set.Count; i++)
        {
            _digits.Add(set[i]);
        }
    }

    private protected override void End()
    {
        if (_digits.Count == 0)
        {
            return;
        }

        var options = new DigitSheetOptions(Columns, Scale);
        WriteFile(Path, Quantity.Count(_digits.Count, "digit"), file =>
        {
            DigitFile.Save(_digits, file, Format!.Value, options, overwrite: !NoClobber, overwriteReadOnly: Force);
            if (PassThru)
            {
                WriteObject(new FileInfo(file));
            }
        });
    }
}
