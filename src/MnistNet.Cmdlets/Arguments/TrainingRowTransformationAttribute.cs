using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets a parameter take a row of settings: a <see cref="SweepRun"/>, a summary of several, or an object with a
/// property for each setting, such as Import-Csv gives of a sweep's file.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TrainingRowTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        switch (ArgumentValue.Unwrap(inputData))
        {
            case TrainingRow row:
                return row;
            case SweepRun run:
                return TrainingRow.Of(run);
            case SweepSummary summary:
                return TrainingRow.Of(summary.Example);
            case not null when ObjectRow.Is(inputData) && !DigitRow.Is(inputData) && TrainingRow.CouldBe(inputData):
                return Parse(inputData);
            case var other:
                throw ArgumentValue.Refusal(
                    "A row of settings is needed: one of Invoke-TrainingSweep, of its result file read by Import-Csv, "
                    + $"or an object with properties such as Hidden and Alpha; found {ArgumentValue.Describe(other)}.");
        }
    }

    private static TrainingRow Parse(object item)
    {
        try
        {
            return TrainingRow.Parse(item);
        }
        catch (MnistNetException exception)
        {
            throw ArgumentValue.Fault(exception);
        }
    }
}
