using Microsoft.Playwright;

namespace MnistNet.Pages;

[Collection(BrowserTests.Name)]
public sealed class PadTests(Browser browser) : IDisposable
{
    private static readonly BrowserNewContextOptions s_phone = new()
    {
        HasTouch = true,
        ViewportSize = new() { Width = 360, Height = 500 },
    };

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task A_digit_drawn_with_the_mouse_is_read(int digit)
    {
        await using OpenPage page = await OpenAsync();
        await DrawAsync(page, Drawings.Digit(digit, 0.25, 0.2, 0.6));

        Assert.StartsWith($"This looks like {digit} (", await TextAsync(page, ".says"), StringComparison.Ordinal);
        Assert.StartsWith($"This looks like {digit} (", await TextAsync(page, "[role=status].unseen"),
            StringComparison.Ordinal);
        Assert.Equal($"{digit}", await TextAsync(page, ".winner th"));
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("touch")]
    [InlineData("pen")]
    public async Task A_digit_drawn_with_a_finger_or_a_pen_is_read(string pointer)
    {
        await using OpenPage page = await OpenAsync();
        await page.CallAsync<object>(
            """
            ([strokes, pointerType]) => {
              const pad = document.querySelector(".pad"), area = pad.getBoundingClientRect();
              pad.setPointerCapture = () => {};
              const send = (name, [x, y]) => pad.dispatchEvent(new PointerEvent(name, {
                pointerType, pointerId: 7, bubbles: true, clientX: area.left + x * area.width,
                clientY: area.top + y * area.height, button: name === "pointermove" ? -1 : 0 }));
              for (const stroke of strokes) {
                send("pointerdown", stroke[0]);
                stroke.forEach(point => send("pointermove", point));
                send("pointerup", stroke[stroke.length - 1]);
              }
            }
            """,
            new object[] { Drawings.Digit(4, 0.25, 0.2, 0.6), pointer });

        Assert.StartsWith("This looks like 4 (", await TextAsync(page, ".says"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_finger_on_the_canvas_draws_and_does_not_scroll_the_page()
    {
        await using OpenPage page = await OpenAsync(s_phone);
        ILocator pad = page.Page.Locator(".pad");
        LocatorBoundingBoxResult area = (await pad.BoundingBoxAsync())!;
        ICDPSession session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        for (int i = 0; i <= 20; i++)
        {
            string type = i == 0 ? "touchStart" : "touchMove";
            double y = Math.Min(area.Y + (area.Height * 0.9), 480) - (i * 10);
            await session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
            {
                ["type"] = type,
                ["touchPoints"] = new[] { new { x = area.X + (area.Width / 2), y } },
            });
        }

        await session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = "touchEnd",
            ["touchPoints"] = Array.Empty<object>(),
        });
        await page.Page.Locator(".winner").WaitForAsync();

        Assert.Equal(0, await page.CallAsync<double>("() => scrollY"));
        Assert.Equal("1", await TextAsync(page, ".winner th"));
        Assert.Equal("none", await pad.EvaluateAsync<string>("pad => getComputedStyle(pad).touchAction"));
    }

    [Fact]
    public async Task A_stroke_that_leaves_the_canvas_goes_on_and_a_second_finger_is_ignored()
    {
        await using OpenPage page = await OpenAsync();
        await DrawAsync(page, [[[0.5, 0.2], [0.5, 0.6], [0.5, 1.3]], [[0.5, 0.1], [0.5, 0.15]]]);

        Assert.Equal("1", await TextAsync(page, ".winner th"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Undo_takes_back_one_stroke_and_clear_takes_all_and_can_be_taken_back()
    {
        await using OpenPage page = await OpenAsync();
        IPage window = page.Page;
        Assert.True(await window.GetByText("Undo").IsDisabledAsync());
        Assert.StartsWith("Draw a digit", await TextAsync(page, ".says"), StringComparison.Ordinal);

        // A 4 is two strokes; without the second it is another answer.
        double[][][] four = Drawings.Digit(4, 0.25, 0.2, 0.6);
        await DrawAsync(page, four[..1]);
        string first = await TextAsync(page, ".says");
        await DrawAsync(page, four[1..]);
        string both = await TextAsync(page, ".says");
        await window.GetByText("Undo").ClickAsync();
        Assert.Equal(first, await TextAsync(page, ".says"));

        await DrawAsync(page, four[1..]);
        await window.GetByText("Clear").ClickAsync();
        Assert.StartsWith("Draw a digit", await TextAsync(page, ".says"), StringComparison.Ordinal);
        Assert.True(await window.GetByText("Save as PNG").IsDisabledAsync());

        await window.Locator(".pad").FocusAsync();
        await window.Keyboard.PressAsync("Control+z");
        Assert.Equal(both, await TextAsync(page, ".says"));
        await window.Keyboard.PressAsync("Delete");
        Assert.Equal("The canvas is blank.", await TextAsync(page, "[role=status].unseen"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Arrow_keys_lead_through_the_sample_digits_and_back()
    {
        await using OpenPage page = await OpenAsync();
        await page.Page.Locator(".pad").FocusAsync();
        var labels = new List<string>();
        foreach (string key in new[] { "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp" })
        {
            await page.Page.Keyboard.PressAsync(key);
            labels.Add(await TextAsync(page, ".winner th"));
        }

        // The samples are two of each class, class by class.
        Assert.Equal(["0", "1", "0", "9"], labels);

        // Who draws after that begins anew.
        await DrawAsync(page, Drawings.Digit(7, 0.25, 0.2, 0.6));
        Assert.Equal("7", await TextAsync(page, ".winner th"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Another_pen_makes_another_image_of_the_same_digit()
    {
        const string image = "() => MnistNet.start.pad.image.reduce((sum, level) => sum + level)";
        await using OpenPage page = await OpenAsync();
        await DrawAsync(page, Drawings.Digit(3, 0.25, 0.2, 0.6));
        double usual = await page.CallAsync<double>(image);
        await page.Page.GetByLabel("thick").CheckAsync();

        Assert.InRange(await page.CallAsync<double>(image), 1.2 * usual, 1.8 * usual);
        Assert.Equal("3", await TextAsync(page, ".winner th"));
    }

    [Fact]
    public async Task A_scribble_gets_the_notice_and_a_digit_does_not_and_two_taps_are_a_drawing_too()
    {
        await using OpenPage page = await OpenAsync();
        await DrawAsync(page, Drawings.Digit(3, 0.25, 0.2, 0.6));
        Assert.Equal("", await TextAsync(page, ".unlike"));

        await page.Page.GetByText("Clear").ClickAsync();
        await DrawAsync(page, Drawings.Scribble(3));
        Assert.StartsWith("Unlike any digit", await TextAsync(page, ".unlike"), StringComparison.Ordinal);

        await page.Page.GetByText("Clear").ClickAsync();
        await DrawAsync(page, [[[0.2, 0.2]], [[0.8, 0.7]]]);
        Assert.StartsWith("This looks like", await TextAsync(page, ".says"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_saved_picture_is_read_by_Import_Digit_as_the_digit_that_the_network_saw()
    {
        await using OpenPage page = await OpenAsync();
        for (int digit = 0; digit < 10; digit++)
        {
            await page.CallAsync<object>(
                "strokes => MnistNet.start.pad.replace(strokes)", Drawings.Digit(digit, 0.25, 0.2, 0.6, digit));
            IDownload download = await page.Page.RunAndWaitForDownloadAsync(
                () => page.Page.GetByText("Save as PNG").ClickAsync());
            Assert.Equal("digit.png", download.SuggestedFilename);
            await download.SaveAsAsync(_folder["digit.png"]);
            string framed = await page.CallAsync<string>(
                "() => btoa(String.fromCharCode(...MnistNet.start.pad.image))");
            string answer = await TextAsync(page, ".winner th");
            await page.Page.GetByText("Clear").ClickAsync();

            Digit read = Assert.Single(DigitImageReader.Load(_folder["digit.png"]));
            Assert.All(read.Pixels.Zip(Convert.FromBase64String(framed)), pair => Assert.InRange(
                pair.First - pair.Second, -1, 1));
            DigitSet one = DigitSet.FromDigits([read]);
            Assert.Equal(answer, $"{Predictor.Predict(Networks.Normalized, one).Single().Predicted}");
        }

        Assert.Empty(page.Complaints);
    }

    private static readonly Lazy<DigitSet> s_usual = new(() => Preprocessor.Apply(
        Networks.Digits.Train.Take(3_000), Preprocessing.MomentNormalization));

    private static DigitSet Digits => Networks.Digits.Test.Take(500);

    private Task<OpenPage> OpenAsync(BrowserNewContextOptions? options = null)
        => browser.OpenAsync(
            new BarePage { Network = Networks.Normalized, Checks = Digits, Usual = s_usual.Value }.Write(
                _folder["pad.html"]),
            options);

    private static Task<string> TextAsync(OpenPage page, string selector)
        => page.Page.Locator(selector).InnerTextAsync();

    private static async Task DrawAsync(OpenPage page, double[][][] strokes)
    {
        ILocator pad = page.Page.Locator(".pad");
        await pad.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult area = (await pad.BoundingBoxAsync())!;
        IMouse mouse = page.Page.Mouse;
        foreach (double[][] stroke in strokes)
        {
            await mouse.MoveAsync(X(stroke[0]), Y(stroke[0]));
            await mouse.DownAsync();
            foreach (double[] point in stroke)
            {
                await mouse.MoveAsync(X(point), Y(point));
            }

            await mouse.UpAsync();
        }

        float X(double[] point) => (float)(area.X + (point[0] * area.Width));
        float Y(double[] point) => (float)(area.Y + (point[1] * area.Height));
    }

    public void Dispose() => _folder.Dispose();
}
