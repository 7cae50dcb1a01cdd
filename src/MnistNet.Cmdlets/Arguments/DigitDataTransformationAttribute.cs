using System.Collections;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets <c>-Data</c> take a <see cref="MnistDataset"/>, a <see cref="DigitSet"/>, a <see cref="Digit"/> or several.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DigitDataTransformationAttribute : ArgumentTransformationAttribute
{
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
            // Most likely on its way down the pipeline to -Network.
            Network or TrainingResult => inputData,
            var other => throw ArgumentValue.Refusal(
                "Digits are needed: a dataset or a set from Import-Mnist, or digits from Get-Digit; "
                + $"found {ArgumentValue.Describe(other)}."),
        };
    }

    private static Digit[]? AsDigits(IList list)
    {
        if (list.Count == 0)
        {
            return null;
        }

        var digits = new Digit[list.Count];
        for (int i = 0; i < digits.Length; i++)
        {
            if (ArgumentValue.Unwrap(list[i]) is not Digit digit)
            {
                return null;
            }

            digits[i] = digit;
        }

        return digits;
    }
}
