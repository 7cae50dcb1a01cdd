using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MnistNet.Cmdlets;

/// <summary>Completes a label with the digits 0 to 9.</summary>
public sealed class LabelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
        => Enumerable.Range(0, DigitSet.ClassCount)
            .Select(label => label.ToString(CultureInfo.InvariantCulture))
            .Where(label => label.StartsWith(wordToComplete, StringComparison.Ordinal))
            .Select(label => new CompletionResult(
                label, label, CompletionResultType.ParameterValue, $"the digit {label}"));
}
