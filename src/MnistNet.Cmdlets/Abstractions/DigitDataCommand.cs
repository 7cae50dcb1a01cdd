using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// The base of cmdlets that work on digits. A dataset or a set is worked on as it arrives; single digits that come down
/// the pipeline
/// are gathered and worked on together at the end.
/// </summary>
public abstract class DigitDataCommand : MnistNetCommand
{
    private readonly List<Digit> _gathered = [];
    private bool _piped;

    /// <summary>
    /// The digits: a dataset or a set from Import-Mnist, or single digits. A set is taken whole, never unrolled.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [DigitDataTransformation]
    [ValidateNotNull]
    public DigitData Data { get; set; } = null!;

    /// <summary>Works on a dataset, on a set, or on all the single digits that came down the pipeline.</summary>
    private protected abstract void ProcessData(DigitData data);

    private protected override void Begin() => _piped = !MyInvocation.BoundParameters.ContainsKey(nameof(Data));

    private protected override void Process()
    {
        if (_piped && Data.Digits is IReadOnlyList<Digit> digits)
        {
            _gathered.AddRange(digits);
            return;
        }

        Target = Data;
        ProcessData(Data);
    }

    private protected override void End()
    {
        if (_gathered.Count > 0)
        {
            Target = null;
            ProcessData(new DigitData(_gathered));
        }
    }
}
