using Microsoft.Playwright;

namespace MnistNet.Pages;

/// <summary>A page in its own window. What it asks for and what it complains of is written down.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private OpenPage(IBrowserContext context, IPage page, string address)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) => Complain(
            request.Url == address || request.Url.StartsWith("data:", StringComparison.Ordinal),
            $"asked for {request.Url}");
        page.Console += (_, message) => Complain(message.Type is not ("error" or "warning"), message.Text);
        page.PageError += (_, error) => Complain(false, error);
    }

    public IPage Page { get; }

    /// <summary>Everything that a page should not have done: requests, errors, warnings.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<OpenPage> LoadAsync(IBrowserContext context, string file)
    {
        string address = new Uri(file).AbsoluteUri;
        var page = new OpenPage(context, await context.NewPageAsync(), address);
        await page.Page.GotoAsync(address);
        return page;
    }

    /// <summary>Calls a function of the page.</summary>
    public Task<T> CallAsync<T>(string function, object? argument = null)
        => Page.EvaluateAsync<T>(function, argument);

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        await _context.CloseAsync();
    }

    private void Complain(bool isFine, string text)
    {
        if (!isFine)
        {
            _complaints.Add(text);
        }
    }
}
