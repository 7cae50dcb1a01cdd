using System.Collections;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets <c>-Optimizer</c> take the name that other libraries give plain gradient descent: <c>Sgd</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class OptimizerTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => ArgumentValue.Unwrap(inputData) is IList list
            ? list.Cast<object?>().Select(Name).ToArray()
            : Name(inputData) ?? inputData;

    private static object? Name(object? value)
        => ArgumentValue.Unwrap(value) is string text && text.Trim().Equals("Sgd", StringComparison.OrdinalIgnoreCase)
            ? Optimizer.GradientDescent
            : value;
}
