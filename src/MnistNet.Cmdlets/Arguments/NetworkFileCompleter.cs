using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MnistNet.Cmdlets;

/// <summary>Completes paths with folders and with the files that can hold a network.</summary>
public sealed class NetworkFileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
        => CompletionCompleters.CompleteFilename(wordToComplete).Where(result =>
            result.ResultType == CompletionResultType.ProviderContainer
            || NetworkFile.Extensions.Contains(Path.GetExtension(result.ToolTip), StringComparer.OrdinalIgnoreCase));
}
