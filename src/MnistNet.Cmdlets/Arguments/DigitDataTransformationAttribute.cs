using System.Collections;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets <c>-Data</c> take a <see cref="MnistDataset"/>, a <see cref="DigitSet"/>, a <see cref="Digit"/> or several.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DigitDataTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>A list may hold itself.</summary>
    private const int MaximumNesting = 8;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        return ArgumentValue.Unwrap(inputData) switch
        {
            DigitData data => data,
            MnistDataset dataset => new DigitData(dataset),
            DigitSet set => new DigitData(set),
            Digit digit => new DigitData([digit]),
            IList list when AsDigits(list) is Digit[] digits => new DigitData(digits),
            // Most likely on its way down the pipeline to -Network, or to a parameter that takes rows.
            Network or TrainingResult or SweepRun => inputData,
            _ when ObjectPayload.WasData(inputData) =>
                throw ArgumentValue.Fault(ObjectPayload.Explain(inputData)),
            _ when DigitRow.Is(inputData) => new DigitData([Read(inputData)]),
            var other => throw ArgumentValue.Refusal(
                "Digits are needed: a dataset or a set from Import-Mnist, or digits from Get-Digit; "
                + $"found {ArgumentValue.Describe(other)}."),
        };
    }

    private static Digit Read(object row)
    {
        try
        {
            return DigitRow.Read(row);
        }
        catch (DataFormatException exception)
        {
            throw ArgumentValue.Fault(exception);
        }
    }

    /// <summary>
    /// The digits of a list, and of the lists in it; null when anything else is in it, or nothing at all.
    /// </summary>
    private static Digit[]? AsDigits(IList list)
    {
        var digits = new List<Digit>(list.Count);
        return TryGather(list, digits, MaximumNesting) && digits.Count > 0 ? [.. digits] : null;
    }

    private static bool TryGather(IList list, List<Digit> digits, int nesting)
    {
        foreach (object? item in list)
        {
            switch (ArgumentValue.Unwrap(item))
            {
                case Digit digit:
                    digits.Add(digit);
                    break;
                case not null when DigitRow.Is(item):
                    digits.Add(Read(item));
                    break;
                case IList inner when nesting > 0 && TryGather(inner, digits, nesting - 1):
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
