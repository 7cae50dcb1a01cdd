using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MnistNet.Tests;

public sealed class MirrorProbeTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private readonly TcpListener _open = new(IPAddress.Loopback, 0);
    private readonly TcpListener _full = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _waiting = [];

    public MirrorProbeTests()
    {
        _open.Start();
        _full.Start(backlog: 1);
    }

    [Fact]
    public async Task Mirrors_that_answer_keep_their_order()
    {
        Uri[] mirrors = [Address(_open), new Uri("http://127.0.0.1:1/")];
        Assert.Equal(mirrors, await MirrorProbe.SortAsync(mirrors, s_limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_mirror_that_does_not_answer_comes_last_and_where_none_answers_the_limit_is_for_all_together()
    {
        await FillAsync();
        Uri silent = Address(_full);
        Uri answering = Address(_open);
        Assert.Equal(
            [answering, silent],
            await MirrorProbe.SortAsync([silent, answering], s_limit, TestContext.Current.CancellationToken));

        var watch = Stopwatch.StartNew();
        Assert.Empty(
            await MirrorProbe.SortAsync([silent, silent, silent], s_limit, TestContext.Current.CancellationToken));
        Assert.InRange(watch.Elapsed, s_limit * 0.9, s_limit * 2.5);
    }

    /// <summary>An answer may come between any two looks at the probes.</summary>
    [Fact]
    public async Task A_mirror_may_answer_at_any_moment()
    {
        Uri[] refusing = [new Uri("http://127.0.0.1:1/")];
        for (int i = 0; i < 20_000; i++)
        {
            Assert.Equal(
                refusing, await MirrorProbe.SortAsync(refusing, s_limit, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once()
    {
        await FillAsync();
        using var cancellation = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => MirrorProbe.SortAsync([Address(_full)], TimeSpan.FromMinutes(1), cancellation.Token));
    }

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _open.Dispose();
        _full.Dispose();
    }

    private static Uri Address(TcpListener listener) => new($"http://{listener.LocalEndpoint}/");

    /// <summary>Connects to a server that accepts nobody until its queue is full and it falls silent.</summary>
    private async Task FillAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(),
            "Other systems refuse a connection that a full queue has no room for.");
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            _waiting.Add(socket);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
            try
            {
                await socket.ConnectAsync(_full.LocalEndpoint, patience.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
