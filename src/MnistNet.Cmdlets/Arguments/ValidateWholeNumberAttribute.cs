using System.Globalization;
using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Refuses whole numbers outside a range, and says which range it is.</summary>
/// <param name="minimum">The least number allowed.</param>
/// <param name="maximum">The largest number allowed.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateWholeNumberAttribute(int minimum, int maximum = int.MaxValue)
    : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>The least number allowed.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The largest number allowed.</summary>
    public int Maximum { get; } = maximum;

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        int value = Convert.ToInt32(ArgumentValue.Unwrap(element), CultureInfo.InvariantCulture);
        if (value < Minimum || value > Maximum)
        {
            string upper = Maximum == int.MaxValue ? "" : Invariant($" and at most {Maximum:N0}");
            throw new ValidationMetadataException(
                Invariant($"{value} was given; a whole number of at least {Minimum:N0}{upper} is needed."));
        }
    }
}
