using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MnistNet.Tests;

public sealed class ReportPageTests
{
    private static readonly string s_page = Reports.Page(Reports.Subject);

    [Fact]
    public void Every_element_is_closed() => Markup.RequireBalance(s_page);

    [Fact]
    public void The_page_asks_nobody_for_anything()
    {
        string page = s_page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("\\burl\\(", page);
        Assert.Empty(Markup.StartsOf(page, "link"));
        Assert.Empty(Markup.StartsOf(page, "iframe"));
        Assert.All(
            Markup.StartsOf(page, "img"),
            image => Assert.Contains("src=\"data:image/png;base64,", image, StringComparison.Ordinal));
    }

    [Fact]
    public void The_policy_allows_this_very_script_and_nothing_else()
    {
        string policy = Regex.Match(s_page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        string script = PageResources.Script;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        string allowed = script.Length == 0 ? "'none'" : $"'sha256-{hash}'";
        Assert.Equal(
            $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed}; base-uri 'none'; "
                + "form-action 'none'",
            policy);
        Assert.Contains(script, s_page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<[^>]* on[a-z]+=", s_page);
    }

    [Fact]
    public void The_script_cannot_end_before_its_end()
        => Assert.DoesNotContain("</script", PageResources.Script, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("</script><script>alert(1)</script>🙂")]
    [InlineData("</title></style><img src=x>")]
    [InlineData("{{data}}{{script}}")]
    [InlineData("\"'&amp;<!--")]
    public void A_title_is_a_text_whatever_is_in_it(string title)
    {
        string page = Reports.Page(Reports.Subject, new ReportOptions { Title = title });
        string heading = Regex.Match(page, "<h1>(.*?)</h1>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(title, System.Net.WebUtility.HtmlDecode(heading));
        Assert.DoesNotContain('<', heading);
        Assert.Equal(Markup.StartsOf(s_page, "script").Count, Markup.StartsOf(page, "script").Count);
        Markup.RequireBalance(page);
    }

    [Fact]
    public void The_same_run_gives_the_same_page_to_the_byte()
        => Assert.Equal(s_page, Reports.Page(Reports.Subject));

    [Fact]
    public void The_list_of_sections_leads_to_each_of_them()
    {
        string[] ids = [.. Regex.Matches(s_page, "<section id=\"([a-z]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(
            ["summary", "curves", "confusion", "mistakes", "attribution", "classes", "weights", "draw", "check"], ids);
        Assert.All(ids, id => Assert.Contains($"<a href=\"#{id}\">", s_page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_image_says_what_it_shows()
    {
        Assert.All(Markup.StartsOf(s_page, "img"), image => Assert.Matches("alt=\"[^\"]+\"", image));
        int svgs = Markup.StartsOf(s_page, "svg").Count;
        Assert.Equal(svgs, Regex.Count(s_page, "<svg [^>]*role=\"img\"[^>]*><title>[^<]+</title>"));
    }

    [Fact]
    public void An_address_inside_the_page_is_given_once()
    {
        string[] ids = [.. Regex.Matches(s_page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Scripts_lose_comments_indentation_and_blank_lines_and_nothing_else()
    {
        const string Script = "/** A box. */\n\n/*\n * Two\n */\nconst a = 2\n  * 3; // six\n  // one\n"
            + "const b = `a // b`;\n";
        Assert.Equal("const a = 2\n* 3; // six\nconst b = `a // b`;\n", PageResources.Compact(Script));
    }
}
