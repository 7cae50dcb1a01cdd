namespace MnistNet;

/// <summary>A table of a page, which scrolls sideways where the screen is narrower than it.</summary>
internal static class HtmlTable
{
    /// <summary>A table with a heading to each column and to each row.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">The headings of the columns.</param>
    /// <param name="rows">The cells, row after row; the first of a row is its heading.</param>
    public static Html Of(string caption, IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows)
        => Of(
            caption,
            Html.Of($"<tr>{columns.Select(column => Html.Of($"<th scope=\"col\">{column}</th>"))}</tr>"),
            rows.Select(Row));

    /// <summary>A table whose rows are more than texts.</summary>
    public static Html Of(string caption, Html head, IEnumerable<Html> rows) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{caption}">
        <table><caption>{caption}</caption><thead>{head}</thead><tbody>
        {rows}</tbody></table></div>
        """);

    /// <summary>What is folded away until it is asked for: the numbers behind a picture.</summary>
    public static Html Folded(string summary, Html content)
        => Html.Of($"<details><summary>{summary}</summary>{content}</details>");

    private static Html Row(IReadOnlyList<string> cells) => Html.Of(
        $"<tr><th scope=\"row\">{cells[0]}</th>{cells.Skip(1).Select(cell => Html.Of($"<td>{cell}</td>"))}</tr>\n");
}
