using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets a number be given as text, and says what is meant where PowerShell reads something else than was typed: it
/// takes the text '0,05' for 5, and 0,05 without quotation marks for the two numbers 0 and 5.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes several numbers.</summary>
    public bool TakesSeveral { get; init; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => ArgumentValue.Unwrap(inputData) switch
        {
            string text => Read(text),
            IList { Count: 1 } list when !TakesSeveral => Transform(engineIntrinsics, list[0]),
            IList list when !TakesSeveral => throw SeveralForOne(list),
            object?[] list when list.Any(item => ArgumentValue.Unwrap(item) is string)
                => Array.ConvertAll(list, item => ArgumentValue.Unwrap(item) is string text ? Read(text) : item),
            _ => inputData,
        };

    private static double Read(string text)
    {
        if (NumberText.TryRead(text, out double number))
        {
            return number;
        }

        // PowerShell knows more spellings, such as 0x10 and 4kb.
        return !text.Contains(',', StringComparison.Ordinal)
            && !string.IsNullOrWhiteSpace(text)
            && LanguagePrimitives.TryConvertTo(text, out number)
            ? number
            : throw ArgumentValue.Refusal(
                $"'{text}' is not a number; write it with a point, such as 0.05, and without commas.");
    }

    private static ArgumentTransformationMetadataException SeveralForOne(IList list)
    {
        string found = list.Count == 0
            ? "an empty list was given"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"a list of {list.Count:N0} values was given: "
                + $"{string.Join(", ", list.Cast<object?>().Take(4).Select(Shown))}");
        string hint = list.Count == 2 ? "; a comma makes a list: write 0.05 with a point" : "";
        return ArgumentValue.Refusal($"One number is needed, and {found}{hint}.");
    }

    private static string? Shown(object? item) =>
        Convert.ToString(ArgumentValue.Unwrap(item), CultureInfo.InvariantCulture);
}
