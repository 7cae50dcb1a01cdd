using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Makes X, the matrix of images, or Y, the one-hot matrix of labels, out of digits.</summary>
[Cmdlet(VerbsData.ConvertTo, "Matrix", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Matrix))]
public sealed class ConvertToMatrixCommand : DigitDataCommand
{
    /// <summary>Makes Y out of the labels, instead of X out of the images.</summary>
    [Parameter]
    public SwitchParameter OneHot { get; set; }

    private protected override void ProcessData(DigitData data)
        => WriteObject(OneHot ? data.Train.ToOneHot() : data.Train.ToMatrix());
}
