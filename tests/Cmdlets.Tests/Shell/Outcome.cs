using System.Management.Automation;

namespace MnistNet.Cmdlets.Tests;

/// <summary>What a script gave: every stream, and whether an error ended it.</summary>
internal sealed class Outcome
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>An error ended the script before its last statement; it is the last of <see cref="Errors"/>.</summary>
    public required bool IsEnded { get; init; }

    /// <summary>The script was stopped from outside, as by Ctrl+C.</summary>
    public required bool IsStopped { get; init; }

    /// <summary>The one error there is; the test fails where there is none, or more than one.</summary>
    public ErrorRecord Error => Assert.Single(Errors);

    /// <summary>The error's id as documented, without the command's name behind it.</summary>
    public string ErrorId => Error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The output as text, as <c>"$item"</c> gives it.</summary>
    public string[] Text => [.. Output.Select(item => item?.ToString() ?? "")];

    /// <summary>The one object of the output.</summary>
    public T Single<T>() => As<T>(Assert.Single(Output));

    /// <summary>Every object of the output.</summary>
    public T[] All<T>() => [.. Output.Select(As<T>)];

    internal static T As<T>(object? item) => item switch
    {
        PSObject wrapped when typeof(T) != typeof(PSObject) => Assert.IsType<T>(wrapped.BaseObject, exactMatch: false),
        null => default!,
        _ => Assert.IsType<T>(item, exactMatch: false),
    };
}
