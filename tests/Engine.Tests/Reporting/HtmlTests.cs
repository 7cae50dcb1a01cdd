using System.Globalization;

namespace MnistNet.Tests;

public sealed class HtmlTests
{
    [Fact]
    public void Whatever_stands_in_a_hole_is_text()
    {
        string name = "</script><b title='x'>&\"";
        Assert.Equal(
            "<p>&lt;/script&gt;&lt;b title=&#39;x&#39;&gt;&amp;&quot;</p>", Html.Of($"<p>{name}</p>").ToString());
    }

    [Fact]
    public void A_piece_in_a_hole_is_a_piece_and_so_are_several()
    {
        Html one = Html.Of($"<b>{"<"}</b>");
        Assert.Equal("<p><b>&lt;</b></p>", Html.Of($"<p>{one}</p>").ToString());
        Html[] array = [one, one];
        Assert.Equal("<b>&lt;</b><b>&lt;</b>", Html.Of($"{array}").ToString());
        Assert.Equal("<b>&lt;</b><b>&lt;</b>", Html.Of($"{array.Select(piece => piece)}").ToString());
    }

    [Fact]
    public void Numbers_read_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("0.5 1,234.5", Html.Of($"{0.5} {1234.5:N1}").ToString());
            Assert.Equal("12.3 %", ReportNumbers.Percent(0.1234));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(1e-9, "< 0.1 %")]
    [InlineData(0.99999, "> 99.9 %")]
    [InlineData(1, "100.0 %")]
    public void A_probability_is_not_rounded_to_certainty(double share, string text)
        => Assert.Equal(text, ReportNumbers.Percent(share));
}
