using System.Globalization;
using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>
/// Refuses values outside of the range that the engine declares for a setting, and says which range it is.
/// </summary>
/// <param name="setting">The setting's name.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateSettingAttribute(string setting) : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>The setting's name.</summary>
    public string Setting { get; } = setting;

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        Setting declared = SettingCatalog.Find(Setting)!;
        double value = Convert.ToDouble(ArgumentValue.Unwrap(element), CultureInfo.InvariantCulture);
        if (declared.Range?.Contains(value) == false)
        {
            string kind = declared.Type == typeof(int) ? "whole number" : "number";
            throw new ValidationMetadataException(
                Invariant($"{value} was given; a {kind} {declared.Range} is needed."));
        }
    }
}
