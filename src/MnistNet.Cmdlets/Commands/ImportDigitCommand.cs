using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Reads handwritten digits from picture files, framed as MNIST's are.</summary>
[Cmdlet(VerbsData.Import, "Digit", DefaultParameterSetName = PathSet, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Digit))]
public sealed class ImportDigitCommand : FileReadingCommand
{
    /// <summary>The name of the view that shows where a digit came from.</summary>
    private const string ViewName = "MnistNet.Digit#Imported";

    private int _count;

    /// <summary>Which side of a picture is ink.</summary>
    [Parameter]
    public Ink Ink { get; set; } = Ink.Auto;

    /// <summary>What the digits are, 0 to 9.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(0, 9)]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public int? Label { get; set; }

    /// <summary>Finds every digit of a picture, not one.</summary>
    [Parameter]
    public SwitchParameter Multiple { get; set; }

    /// <summary>Takes a picture as it is, pixel by pixel, light ink on dark.</summary>
    [Parameter]
    public SwitchParameter NoFraming { get; set; }

    private protected override void Begin()
    {
        if (Multiple && NoFraming)
        {
            throw new SettingException(
                nameof(Multiple),
                "-Multiple looks for digits in a picture, and -NoFraming takes the picture as it is. Leave one of them "
                    + "away.",
                "ConflictingParameters");
        }
    }

    private protected override void ProcessFile(string path)
    {
        var options = new DigitImageOptions(Ink, Multiple, NoFraming);
        IReadOnlyList<Digit> digits = DigitImageReader.Load(
            path, options, _count, Label, text => WriteVerbose($"{path}: {text}."));
        foreach (Digit digit in digits)
        {
            _count++;
            var shown = PSObject.AsPSObject(digit);
            shown.TypeNames.Insert(0, ViewName);
            WriteObject(shown);
        }
    }
}
