using Microsoft.Playwright;

namespace MnistNet.Pages;

/// <summary>The Chromium of this machine, started once for all tests; nothing is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _missing = "";

    public async ValueTask InitializeAsync()
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (program is null)
        {
            _missing = $"There is no browser here: none of {string.Join(", ", s_names)} is in PATH.";
            return;
        }

        _playwright = await Playwright.CreateAsync();

        // Its sandbox needs a user of its own, which a container's root is not.
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = program, Headless = true, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    /// <summary>
    /// Opens a file in a window of its own, without a network; the test is skipped where there is no browser.
    /// </summary>
    internal async Task<OpenPage> OpenAsync(string file, BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(_browser is not null, _missing);
        options ??= new BrowserNewContextOptions();
        options.Offline = true;
        IBrowserContext context = await _browser.NewContextAsync(options);
        return await OpenPage.LoadAsync(context, file);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>The tests that share the browser; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}
