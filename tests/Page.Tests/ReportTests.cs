using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MnistNet.Pages;

[Collection(BrowserTests.Name)]
public sealed class ReportTests(Browser browser) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_page_in_any_folder_opens_without_a_request_or_a_complaint_and_agrees_with_the_engine()
    {
        await using OpenPage page = await OpenAsync(Path.Combine("ü #1 100% folder", "my page.html"));

        string check = await TextAsync(page, "#check-result");
        Assert.StartsWith("This page agrees with MnistNet on 20 of 20 digits, ", check, StringComparison.Ordinal);
        Assert.Equal("A </script> page & \"more\" 🙂", await TextAsync(page, "h1"));
        Assert.Equal(0, await page.Page.Locator(".failed").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_page_whose_weights_were_changed_says_so()
    {
        string path = ReportPages.Write(_folder["changed.html"]), html = File.ReadAllText(path);

        // Four characters are three bytes: these are the weights of the middle of the image.
        const int skipped = 2_000, changed = 400;
        int at = html.IndexOf("\"weights\":\"", StringComparison.Ordinal) + "\"weights\":\"".Length + skipped;
        string other = string.Concat(Enumerable.Repeat("zMzM", changed / 4));
        File.WriteAllText(path, string.Concat(html.AsSpan(0, at), other, html.AsSpan(at + changed)));
        await using OpenPage page = await browser.OpenAsync(path);

        Assert.DoesNotContain("20 of 20", await TextAsync(page, "#check-result"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_fails_says_so_and_does_not_take_the_others_along()
    {
        string path = ReportPages.Write(_folder["broken.html"]), html = File.ReadAllText(path);
        File.WriteAllText(path, html.Replace("\"activation\":\"ReLU\"", "\"activation\":\"Swish\"",
            StringComparison.Ordinal));
        await using OpenPage page = await browser.OpenAsync(path);

        Assert.Contains("does not know Swish", await TextAsync(page, "#draw .failed"), StringComparison.Ordinal);
        Assert.True(await page.Page.Locator("#snapshot-slider").IsVisibleAsync());
        Assert.True(await page.Page.Locator("button.cell").CountAsync() > 0);
    }

    [Fact]
    public async Task A_cell_of_the_confusion_matrix_shows_its_mistakes_alone()
    {
        await using OpenPage page = await OpenAsync();
        ILocator figures = page.Page.Locator("#mistake-list figure:visible");
        int all = await figures.CountAsync();
        ILocator cell = page.Page.Locator("td[data-true] button").First;
        ILocator parent = page.Page.Locator("td:has(button)").First;
        string? label = await parent.GetAttributeAsync("data-true");
        string? predicted = await parent.GetAttributeAsync("data-predicted");

        // By keyboard, as by mouse.
        await cell.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("true", await cell.GetAttributeAsync("aria-pressed"));
        Assert.InRange(await figures.CountAsync(), 1, all - 1);
        foreach (ILocator figure in await figures.AllAsync())
        {
            Assert.Equal(label, await figure.GetAttributeAsync("data-true"));
            Assert.Equal(predicted, await figure.GetAttributeAsync("data-predicted"));
        }

        await page.Page.GetByText("Show all").ClickAsync();
        Assert.Equal(all, await figures.CountAsync());
        Assert.Equal("false", await cell.GetAttributeAsync("aria-pressed"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_slider_shows_the_weights_and_the_confusion_of_each_moment()
    {
        IReadOnlyList<TrainingSnapshot> snapshots = ReportPages.Training.Snapshots;
        await using OpenPage page = await OpenAsync();
        Assert.False(await page.Page.Locator("#snapshot-static").IsVisibleAsync());
        ILocator slider = page.Page.Locator("#snapshot-slider");
        await slider.FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        string first = await PixelsAsync();
        Assert.StartsWith($"After {snapshots[0].Iteration} updates", await TextAsync(page, "output"),
            StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("End");
        Assert.StartsWith($"After {snapshots[^1].Iteration} updates", await TextAsync(page, "output"),
            StringComparison.Ordinal);

        Assert.NotEqual(first, await PixelsAsync());
        int[] counts = await page.CallAsync<int[]>(
            "() => [...document.querySelectorAll('#snapshot-app td')].map(cell => Number(cell.textContent))");
        Assert.Equal(snapshots[^1].GetConfusion().Cast<int>(), counts);
        Assert.Empty(page.Complaints);

        Task<string> PixelsAsync() => page.CallAsync<string>(
            "() => document.querySelector('#snapshot-app canvas').toDataURL()");
    }

    [Fact]
    public async Task Without_JavaScript_everything_but_drawing_filter_and_slider_is_there()
    {
        string[] sections = await SectionsAsync(new() { JavaScriptEnabled = true });
        await using OpenPage page = await OpenAsync(options: new() { JavaScriptEnabled = false });

        Assert.Equal(sections, await SectionsAsync(new() { JavaScriptEnabled = false }));
        Assert.True(await page.Page.Locator("#snapshot-static").IsVisibleAsync());
        Assert.Contains("needs JavaScript", await TextAsync(page, "#draw"), StringComparison.Ordinal);
        Assert.Contains("needs JavaScript", await TextAsync(page, "#check-result"), StringComparison.Ordinal);
        Assert.True(await page.Page.Locator("#mistake-list figure:visible").CountAsync() > 0);
        Assert.True(await page.Page.Locator("svg:visible").CountAsync() > 0);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Nothing_keeps_anybody_out_and_nothing_is_wider_than_the_screen(ColorScheme colors, int width)
    {
        await using OpenPage page = await OpenAsync(
            options: new() { ColorScheme = colors, ViewportSize = new() { Width = width, Height = 900 } });
        await page.CallAsync<object>("strokes => MnistNet.start.pad.replace(strokes)", Drawings.Scribble(3));
        await page.Page.Locator("button.cell").First.ClickAsync();

        // The strongest colours that a count can get.
        await page.CallAsync<object>("() => document.querySelectorAll('.confusion td').forEach(cell => "
            + "cell.style.setProperty('--share', 1))");
        AxeResult result = await page.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });

        Assert.Equal("", string.Join('\n', result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node =>
                $"{violation.Id}: {node.Html}: {string.Join(' ', node.Any.Select(check => check.Message))}"))));
        Assert.InRange(await page.CallAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        Assert.Empty(page.Complaints);
    }

    private Task<OpenPage> OpenAsync(string name = "report.html", BrowserNewContextOptions? options = null)
        => browser.OpenAsync(ReportPages.Write(_folder[name]), options);

    private async Task<string[]> SectionsAsync(BrowserNewContextOptions options)
    {
        await using OpenPage page = await OpenAsync(options: options);
        var names = new List<string>();
        foreach (ILocator heading in await page.Page.Locator("h2:visible").AllAsync())
        {
            names.Add(await heading.InnerTextAsync());
        }

        return [.. names];
    }

    private static Task<string> TextAsync(OpenPage page, string selector)
        => page.Page.Locator(selector).InnerTextAsync();

    public void Dispose() => _folder.Dispose();
}
