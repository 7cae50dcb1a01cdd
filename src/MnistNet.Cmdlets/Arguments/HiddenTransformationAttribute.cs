using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets <c>-Hidden</c> take the widths of layers in every notation: <c>10</c>, <c>32,16</c>, <c>'32-16'</c>; and in a
/// sweep, which takes several shapes, <c>10, '32-16', (64,32)</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class HiddenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a list is a list of shapes, not of the widths of one.</summary>
    public bool AreShapes { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object?[] items = ArgumentValue.Unwrap(inputData) is IList list
            ? [.. list.Cast<object?>().Select(ArgumentValue.Unwrap)]
            : [ArgumentValue.Unwrap(inputData)];
        if (AreShapes)
        {
            // The sweep itself says what is wrong with a shape.
            return items
                .Select(
                    item => item is IList widths ? string.Join('-', widths.Cast<object?>().Select(Text)) : Text(item))
                .ToArray();
        }

        try
        {
            // Numbers are left to the check of their range.
            return items
                .SelectMany(item => item is string text ? HiddenLayers.Parse(text).Cast<object?>() : [item])
                .ToArray();
        }
        catch (SettingException exception)
        {
            throw ArgumentValue.Fault(exception);
        }
    }

    private static string Text(object? value)
        => Convert.ToString(ArgumentValue.Unwrap(value), CultureInfo.InvariantCulture) ?? "";
}
