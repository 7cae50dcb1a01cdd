using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Makes an object of the engine again when PowerShell reads it from Clixml, a job or a session. Registered by
/// module/MnistNet.Objects.Types.ps1xml.
/// </summary>
public sealed class PayloadConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType)
        => destinationType is not null && ObjectRow.FormerType(sourceValue) == destinationType.FullName;

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType)
        => sourceValue is PSObject item && CanConvertFrom(item, destinationType);

    /// <inheritdoc/>
    public override object ConvertFrom(
        PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        try
        {
            return ObjectPayload.Read(sourceValue, destinationType);
        }
        catch (DataFormatException exception)
        {
            throw new PSInvalidCastException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public override object ConvertFrom(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
        => ConvertFrom(PSObject.AsPSObject(sourceValue), destinationType, formatProvider, ignoreCase);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
        => throw new NotSupportedException($"A {sourceValue?.GetType().Name} is converted from text, not to it.");
}
