using System.Management.Automation;

namespace MnistNet.Host;

/// <summary>Stands in for a command that is not here, whatever it is given, and says where to find it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Command")]
public sealed class MissingCommand : PSCmdlet
{
    /// <summary>What the missing command was given.</summary>
    [Parameter(ValueFromRemainingArguments = true)]
    public object[] Rest { get; set; } = [];

    /// <summary>What came down the pipeline for it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Item { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string name = MyInvocation.MyCommand.Name;
        var exception = new CommandNotFoundException(
            $"{name} comes with PowerShell, and this program holds its engine only: dotnet tool install --global "
                + $"PowerShell");
        ThrowTerminatingError(
            new ErrorRecord(exception, nameof(CommandNotFoundException), ErrorCategory.ObjectNotFound, name));
    }
}
