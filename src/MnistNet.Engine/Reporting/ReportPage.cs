using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MnistNet;

/// <summary>
/// Puts a page together: the template, the style, the sections, the data and the script. The page may run this very
/// script and nothing else, and may load nothing from anywhere: its content security policy says so.
/// </summary>
internal static partial class ReportPage
{
    /// <summary>The whole page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="lead">A sentence below the title.</param>
    /// <param name="sections">Its sections, in order.</param>
    /// <param name="data">What the script works on, as JSON; null for a page without a script.</param>
    /// <param name="created">When it was made; null for a page that does not say so.</param>
    public static string Compose(
        string title, Html lead, IReadOnlyList<ReportSection> sections, string? data, DateTimeOffset? created)
    {
        string script = data is null ? "" : PageResources.Script;
        var holes = new Dictionary<string, string>
        {
            ["policy"] = PolicyFor(script),
            ["style"] = PageResources.Style,
            ["title"] = Html.Escape(title),
            ["lead"] = lead.ToString(),
            ["navigation"] = Html.Join(sections.Select(section
                => Html.Of($"<li><a href=\"#{section.Id}\">{section.Name}</a></li>"))).ToString(),
            ["sections"] = Html.Join(sections.Select(section => section.ToHtml())).ToString(),
            ["footer"] = Footer(created).ToString(),
            ["data"] = data is null ? "" : $"<script type=\"application/json\" id=\"data\">{data}</script>",
            ["script"] = script.Length == 0 ? "" : $"<script>{script}</script>",
        };
        return Hole().Replace(PageResources.Template, hole => holes[hole.Groups[1].Value]);
    }

    /// <summary>What the page may do: run the script with this hash, and show pictures that are in it.</summary>
    private static string PolicyFor(string script)
    {
        string allowed = script.Length == 0
            ? "'none'"
            : $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
        return $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed}; "
            + "base-uri 'none'; form-action 'none'";
    }

    private static Html Footer(DateTimeOffset? created) => created is DateTimeOffset time
        ? Html.Of($"Made by MnistNet {EngineVersion.Text} on {time:d MMMM yyyy}, {time:HH:mm zzz}.")
        : Html.Of($"Made by MnistNet {EngineVersion.Text}.");

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Hole();
}
