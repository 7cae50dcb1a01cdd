namespace MnistNet;

/// <summary>Pictures as images that lie in the page itself.</summary>
internal static class ReportImage
{
    /// <summary>An image element.</summary>
    /// <param name="picture">The picture, a pixel a cell.</param>
    /// <param name="side">How wide it is shown, in pixels of the screen.</param>
    /// <param name="alternative">What it shows, for those who cannot see it.</param>
    public static Html Of(Picture picture, int side, string alternative)
    {
        string content = Convert.ToBase64String(PicturePng.Draw(picture));
        int height = side * picture.Rows / picture.Columns;
        return Html.Of($"""
            <img src="data:image/png;base64,{Html.Trust(content)}" width="{side}" height="{height}" alt="{alternative}">
            """);
    }

    /// <summary>An image with words below it.</summary>
    public static Html Figure(Html image, params IEnumerable<Html> lines) => Html.Of(
        $"<figure>{image}<figcaption>{lines.Select(line => Html.Of($"<span>{line}</span>"))}</figcaption></figure>\n");
}
