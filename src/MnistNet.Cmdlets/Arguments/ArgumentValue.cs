using System.Collections;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// What the argument transformations share: looking behind PowerShell's wrapper, and refusing what does not fit.
/// </summary>
internal static class ArgumentValue
{
    /// <summary>The .NET object behind PowerShell's wrapper.</summary>
    internal static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>Such as <c>a String 'abc'</c> or <c>nothing ($null)</c>.</summary>
    internal static string Describe(object? value) => value switch
    {
        null => "nothing ($null)",
        string text => $"the text '{text}'",
        ICollection { Count: 0 } => "an empty list",
        ICollection list => $"a list of {list.Count} {Unwrap(list.Cast<object?>().First())?.GetType().Name}",
        _ => $"a value of type {value.GetType().Name}",
    };

    /// <summary>
    /// A refusal that ends the command when the value was typed after the parameter, and that lets PowerShell try the
    /// next parameter
    /// when the value came down the pipeline: an invalid cast inside is how the binder tells the two apart.
    /// </summary>
    internal static ArgumentTransformationMetadataException Refusal(string message)
        => new(message, new PSInvalidCastException(message));

    /// <summary>
    /// A refusal of something that is of the right kind and not whole: it is told even when the value came down the
    /// pipeline.
    /// </summary>
    internal static ArgumentTransformationMetadataException Fault(Exception exception)
        => new(ParameterNames.In(exception.Message), exception);
}
