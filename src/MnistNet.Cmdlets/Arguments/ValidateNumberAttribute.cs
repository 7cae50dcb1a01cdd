using System.Globalization;
using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Refuses numbers outside an interval, NaN and infinities, and says which interval it is.</summary>
/// <param name="minimum">The least number allowed, or the bound that must be exceeded.</param>
/// <param name="maximum">The largest number allowed; infinity for any finite number.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateNumberAttribute(double minimum, double maximum = double.PositiveInfinity)
    : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>The lower bound.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The upper bound.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>Whether the lower bound itself is refused.</summary>
    public bool Above { get; init; }

    /// <summary>Whether the upper bound itself is refused.</summary>
    public bool Below { get; init; }

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        double value = Convert.ToDouble(ArgumentValue.Unwrap(element), CultureInfo.InvariantCulture);
        bool isInside = (Above ? value > Minimum : value >= Minimum) && (Below ? value < Maximum : value <= Maximum);
        if (!isInside || !double.IsFinite(value))
        {
            string lower = Invariant($"{(Above ? "above" : "of at least")} {Minimum}");
            string upper = double.IsInfinity(Maximum)
                ? ""
                : Invariant($" and {(Below ? "below" : "at most")} {Maximum}");
            throw new ValidationMetadataException(Invariant($"{value} was given; a number {lower}{upper} is needed."));
        }
    }
}
