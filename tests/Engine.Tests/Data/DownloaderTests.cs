using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

public sealed class DownloaderTests
{
    private const string Tag = "ETag: \"one\"";

    // Long enough for a slow machine wherever no stall is meant.
    private static readonly DownloadOptions Patience = new() { BackOff = TimeSpan.FromMilliseconds(1) };

    private static readonly byte[] Content = Idx.SomePixels(400);

    private readonly List<DownloadProgress> _progress = [];
    private readonly List<string> _log = [];

    [Fact]
    public async Task A_file_is_served_and_progress_is_told_to_its_end()
    {
        using var server = LoopbackServer.Serving(new Dictionary<string, byte[]> { ["file.gz"] = Content });

        Download<byte[]> download = await FetchAsync(server);

        Assert.Equal(Content, download.Content);
        Assert.Equal(new Uri(server.Address, "file.gz"), download.Address);
        Assert.Equal(new DownloadProgress("file.gz", download.Address, Content.Length, Content.Length), _progress[^1]);
        Assert.StartsWith("MnistNet/", Assert.Single(server.Requests).Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again()
    {
        using var server = LoopbackServer.InTurn(Busy, Busy, Whole);

        Assert.Equal(Content, (await FetchAsync(server)).Content);

        Assert.Equal(3, server.Requests.Length);
        Assert.Equal(
            2, _log.Count(line => line.Contains("503 Service Unavailable. Trying again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_download_that_was_cut_off_goes_on_where_it_broke()
    {
        using var server = LoopbackServer.InTurn(CutOff, Rest);

        Assert.Equal(Content, (await FetchAsync(server)).Content);

        Assert.Equal(2, server.Requests.Length);
        Assert.Equal($"bytes={Content.Length / 2}-", server.Requests[1].Headers["Range"]);
        Assert.Equal("\"one\"", server.Requests[1].Headers["If-Range"]);
    }

    [Fact]
    public async Task A_download_goes_on_even_after_the_server_was_busy_in_between()
    {
        using var server = LoopbackServer.InTurn(CutOff, Busy, Rest);

        Assert.Equal(Content, (await FetchAsync(server)).Content);

        Assert.Equal(Content.Length / 2, server.Requests[2].From);
    }

    [Fact]
    public async Task A_download_begins_anew_when_the_server_ignores_the_range()
    {
        using var server = LoopbackServer.InTurn(CutOff, Whole);

        Assert.Equal(Content, (await FetchAsync(server)).Content);
    }

    [Fact]
    public async Task A_rest_that_begins_elsewhere_is_not_joined()
    {
        using var server = LoopbackServer.InTurn(
            CutOff,
            (_, stream, _) => LoopbackServer.WriteAsync(stream, "206 Partial Content", Content[10..], Tag,
                $"Content-Range: bytes 10-{Content.Length - 1}/{Content.Length}"),
            Whole);

        Assert.Equal(Content, (await FetchAsync(server)).Content);

        Assert.Equal(0, server.Requests[2].From);
    }

    [Fact]
    public async Task Without_a_strong_tag_no_rest_is_asked_for()
    {
        using var server = LoopbackServer.InTurn((_, stream, _) => HalfAsync(stream, "ETag: W/\"one\""), Whole);

        Assert.Equal(Content, (await FetchAsync(server)).Content);

        Assert.Equal(0, server.Requests[1].From);
    }

    [Fact]
    public async Task A_server_that_stalls_is_left_and_asked_again()
    {
        using var server = LoopbackServer.InTurn(Stalled, Rest);

        byte[] content = (await FetchAsync(server, Patience with { Stall = TimeSpan.FromSeconds(0.5) })).Content;

        Assert.Equal(Content, content);
        Assert.Contains(_log, line => line.Contains("nothing came for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_a_mirror_fails_the_next_has_its_turn()
    {
        using var busy = LoopbackServer.InTurn(Busy);
        using var gone = LoopbackServer.Serving(new Dictionary<string, byte[]>());
        using var wrong =
            LoopbackServer.Serving(new Dictionary<string, byte[]> { ["file.gz"] = "something else"u8.ToArray() });
        using var good = LoopbackServer.InTurn(Whole);

        Download<byte[]> download = await FetchAsync(Patience, busy.Address, gone.Address, wrong.Address, good.Address);

        Assert.Equal(new Uri(good.Address, "file.gz"), download.Address);
        Assert.Equal(1 + Patience.Retries, busy.Requests.Length);
        Assert.Single(gone.Requests);
        Assert.Single(wrong.Requests);
    }

    [Fact]
    public async Task When_all_fail_the_error_says_what_each_mirror_did()
    {
        using var busy = LoopbackServer.InTurn(Busy);
        using var gone = LoopbackServer.Serving(new Dictionary<string, byte[]>());
        using var wrong =
            LoopbackServer.Serving(new Dictionary<string, byte[]> { ["file.gz"] = "something else"u8.ToArray() });
        using var broken = LoopbackServer.InTurn(CutOff);
        var silent = new Uri($"http://127.0.0.1:{FreePort()}/");

        DataSourceException error =
            await Assert.ThrowsAsync<DataSourceException>(
                () => FetchAsync(Patience, busy.Address, gone.Address, wrong.Address, broken.Address, silent));

        Assert.Equal("DownloadFailed", error.ErrorId);
        Assert.Contains(
            $"{busy.Address}file.gz: the server answered 503 Service "
            + $"Unavailable.", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"{gone.Address}file.gz: the server answered 404 Not Found.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{wrong.Address}file.gz: other content", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"{broken.Address}file.gz: the connection broke after {Content.Length / 2:N0} "
            + $"bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{silent}file.gz: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/file.gz")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://")]
    [InlineData("http:///file.gz")]
    [InlineData("http://[::1/file.gz")]
    [InlineData("https://example.org:99999/")]
    [InlineData("")]
    public async Task A_mirror_that_sends_on_to_nowhere_is_left_for_the_next(string location)
    {
        using var astray = LoopbackServer.InTurn(SendOn(location));
        using var good = LoopbackServer.InTurn(Whole);

        Download<byte[]> download = await FetchAsync(Patience, astray.Address, good.Address);
        DataSourceException error =
            await Assert.ThrowsAsync<DataSourceException>(() => FetchAsync(Patience, astray.Address));

        Assert.Equal(new Uri(good.Address, "file.gz"), download.Address);
        Assert.Contains("the server sends on to", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, astray.Requests.Length);
    }

    [Fact]
    public async Task A_mirror_that_sends_on_is_followed_but_not_in_circles()
    {
        using var good = LoopbackServer.InTurn(Whole);
        using var forwarding = LoopbackServer.InTurn(
            SendOn("other.gz?to=here"), SendOn(new Uri(good.Address, "file.gz").AbsoluteUri));
        using var circle = LoopbackServer.InTurn(SendOn("/data/file.gz"));

        Assert.Equal(Content, (await FetchAsync(forwarding)).Content);
        DataSourceException error = await Assert.ThrowsAsync<DataSourceException>(() => FetchAsync(circle));

        Assert.Equal(["file.gz", "other.gz?to=here"], forwarding.Requests.Select(request => request.Name));
        Assert.Contains("more than 5 times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_it_comes()
    {
        using var server =
            new LoopbackServer(
                (_, stream, _) => LoopbackServer.WriteHeadAsync(stream, "200 OK", "Content-Length: 4000000000"));

        DataSourceException error = await Assert.ThrowsAsync<DataSourceException>(() => FetchAsync(server));

        Assert.Contains("longer than 67,108,864 bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(_progress);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_content_without_an_end_is_left_at_the_limit()
    {
        using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, "200 OK");
            while (true)
            {
                await stream.WriteAsync(Content, stop);
            }
        });

        DataSourceException error =
            await Assert.ThrowsAsync<DataSourceException>(
                () => FetchAsync(server, Patience with { MaxBytes = 1 << 20 }));

        Assert.Contains("longer than 1,048,576 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_download_ends_although_the_server_stalls()
    {
        using var server = LoopbackServer.InTurn(Stalled);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var downloader = new Downloader(
            Patience with { Stall = TimeSpan.FromHours(1) }, progress => cancellation.Cancel(), log: null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => downloader.FetchAsync("file.gz", [server.Address], _ => true, cancellation.Token));
    }

    [Fact]
    public void Whatever_goes_wrong_before_what_is_fetched_in_the_end_is_the_file()
    {
        Gen<Func<LoopbackServer.Request, Stream, CancellationToken, Task>> fault = Gen.OneOf(
            Gen.Constant<Func<LoopbackServer.Request, Stream, CancellationToken, Task>>(Busy),
            from length in Gen.Choose(0, Content.Length - 1)
            from tag in Gen.Elements(Tag, "ETag: \"two\"", "ETag: W/\"one\"", "X-Tag: none")
            select (Func<LoopbackServer.Request, Stream, CancellationToken, Task>)((_, stream, _) =>
                BreakOffAsync(stream, length, tag)),
            from start in Gen.Choose(0, Content.Length - 1)
            select (Func<LoopbackServer.Request, Stream, CancellationToken, Task>)((_, stream, _) =>
                LoopbackServer.WriteAsync(stream, "206 Partial Content", Content[start..], Tag,
                $"Content-Range: bytes {start}-{Content.Length - 1}/{Content.Length}")));

        Prop.ForAll(fault.ListOf(Patience.Retries).ToArbitrary(), faults =>
        {
            using var server = LoopbackServer.InTurn([.. faults, RestIfAsked]);
            Assert.Equal(Content, FetchAsync(server).GetAwaiter().GetResult().Content);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    private static Task Busy(LoopbackServer.Request request, Stream stream, CancellationToken stop) =>
        LoopbackServer.WriteAsync(stream, "503 Service Unavailable", "later"u8.ToArray());

    private static Task Whole(LoopbackServer.Request request, Stream stream, CancellationToken stop) =>
        LoopbackServer.WriteAsync(stream, "200 OK", Content, Tag);

    private static Func<LoopbackServer.Request, Stream, CancellationToken, Task> SendOn(string location) =>
        (_, stream, _) => LoopbackServer.WriteAsync(stream, "302 Found", [], $"Location: {location}");

    private static Task CutOff(LoopbackServer.Request request, Stream stream, CancellationToken stop) =>
        HalfAsync(stream, Tag);

    private static async Task Stalled(LoopbackServer.Request request, Stream stream, CancellationToken stop)
    {
        await HalfAsync(stream, Tag);
        await Task.Delay(Timeout.Infinite, stop);
    }

    private static Task Rest(LoopbackServer.Request request, Stream stream, CancellationToken stop) =>
        LoopbackServer.WriteAsync(stream, "206 Partial Content", Content[request.From..], Tag,
            $"Content-Range: bytes {request.From}-{Content.Length - 1}/{Content.Length}");

    /// <summary>As real servers do: the rest when its tag is still the same, or else the whole.</summary>
    private static Task RestIfAsked(LoopbackServer.Request request, Stream stream, CancellationToken stop) =>
        request.Headers.TryGetValue("If-Range", out string? tag) && Tag.EndsWith(
            tag, StringComparison.Ordinal) ? Rest(request, stream, stop) : Whole(request, stream, stop);

    private static Task HalfAsync(Stream stream, string tag) => BreakOffAsync(stream, Content.Length / 2, tag);

    private static async Task BreakOffAsync(Stream stream, int length, string tag)
    {
        await LoopbackServer.WriteHeadAsync(stream, "200 OK", $"Content-Length: {Content.Length}", tag);
        await stream.WriteAsync(Content.AsMemory(0, length));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<Download<byte[]>> FetchAsync(LoopbackServer server, DownloadOptions? patience = null) =>
        FetchAsync(patience ?? Patience, server.Address);

    private async Task<Download<byte[]>> FetchAsync(DownloadOptions patience, params Uri[] mirrors)
    {
        using var downloader = new Downloader(patience, _progress.Add, _log.Add);
        return await downloader.FetchAsync("file.gz", mirrors, ReadRightContent, TestContext.Current.CancellationToken);
    }

    private static byte[] ReadRightContent(ContentReader reader)
    {
        var content = new byte[Content.Length + 1];
        int length = reader.Read(content);
        return content.AsSpan(0, length).SequenceEqual(Content)
            ? content[..length]
            : throw new DataFormatException("Other", reader.Path, "other content.");
    }
}
