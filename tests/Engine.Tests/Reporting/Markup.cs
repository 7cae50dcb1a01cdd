using System.Text.RegularExpressions;

namespace MnistNet.Tests;

/// <summary>A page as a reader of HTML sees it: tags, and the text between them.</summary>
internal static partial class Markup
{
    private static readonly HashSet<string> s_void = ["meta", "img", "br", "path", "circle"];

    /// <summary>Throws unless every element that is opened is closed, in the right order.</summary>
    public static void RequireBalance(string page)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tags(page))
        {
            string name = tag.Groups["name"].Value.ToLowerInvariant();
            if (s_void.Contains(name))
            {
                continue;
            }

            if (tag.Groups["end"].Length == 0)
            {
                open.Push(name);
            }
            else
            {
                Assert.True(open.Count > 0 && open.Peek() == name, $"</{name}> closes {string.Join('>', open)}");
                open.Pop();
            }
        }

        Assert.Empty(open);
    }

    /// <summary>The start tags of an element.</summary>
    public static IReadOnlyList<string> StartsOf(string page, string name) => [.. Tags(page)
        .Where(tag => tag.Groups["end"].Length == 0 && tag.Groups["name"].Value == name)
        .Select(tag => tag.Value)];

    /// <summary>The text of a piece, as it is read.</summary>
    public static string TextOf(string markup) => Space().Replace(
        System.Net.WebUtility.HtmlDecode(Tag().Replace(markup, " ")), " ").Trim();

    /// <summary>What is inside of the section with an address.</summary>
    public static string? Section(string page, string id)
    {
        int start = page.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        return start < 0 ? null : page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    /// <summary>The data that the script works on.</summary>
    public static System.Text.Json.JsonElement Data(string page)
    {
        const string Start = "id=\"data\">";
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        string json = page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
        return System.Text.Json.JsonDocument.Parse(json).RootElement;
    }

    private static MatchCollection Tags(string page) => Tag().Matches(Script().Replace(page, "<${kind}></${kind}>"));

    [GeneratedRegex("""<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?:[^>"]|"[^"]*")*>""")]
    private static partial Regex Tag();

    [GeneratedRegex("<(?<kind>script|style)[^>]*>.*?</\\k<kind>>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
