using System.Text.RegularExpressions;

namespace MnistNet.Cmdlets;

/// <summary>
/// The engine, which knows no PowerShell, names a setting in back quotes: <c>`Alpha`</c>. At the prompt that setting is
/// a parameter: <c>-Alpha</c>.
/// </summary>
internal static partial class ParameterNames
{
    /// <summary>The engine's sentence as it reads at the prompt.</summary>
    internal static string In(string sentence) => Setting().Replace(sentence, "-$1");

    [GeneratedRegex("`([A-Z][A-Za-z]*)`")]
    private static partial Regex Setting();
}
