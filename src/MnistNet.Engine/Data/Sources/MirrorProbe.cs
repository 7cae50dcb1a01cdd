using System.Net.Sockets;

namespace MnistNet;

/// <summary>
/// Asks all mirrors at once whether a connection can be made. Where packets vanish, which is what a machine that is
/// offline behind a firewall sees, trying one mirror after the other would take the limit for each.
/// </summary>
internal static class MirrorProbe
{
    /// <summary>
    /// What the others get once one has answered: the order of the mirrors is not to hang on a few milliseconds.
    /// </summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The mirrors with those in front that answered, be it with a refusal; none when not one did in time.
    /// </summary>
    public static async Task<Uri[]> SortAsync(Uri[] mirrors, TimeSpan limit, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(limit);
        Task<bool>[] probes = Array.ConvertAll(mirrors, mirror => AnswersAsync(mirror, stop.Token));
        while (!probes.Any(probe => probe.IsCompletedSuccessfully && probe.Result))
        {
            // Looked at once: a probe may end between two looks, and then there would be none to wait for.
            Task<bool>[] pending = Array.FindAll(probes, probe => !probe.IsCompleted);
            if (pending.Length == 0)
            {
                break;
            }

            await Task.WhenAny(pending).ConfigureAwait(false);
        }

        await Task.WhenAny(Task.WhenAll(probes), Task.Delay(s_grace, cancellation)).ConfigureAwait(false);
        bool[] answered = Array.ConvertAll(probes, probe => probe.IsCompletedSuccessfully && probe.Result);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(probes).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return answered.Contains(true)
            ? [.. mirrors.Where((_, i) => answered[i]), .. mirrors.Where((_, i) => !answered[i])]
            : [];
    }

    private static async Task<bool> AnswersAsync(Uri mirror, CancellationToken cancellation)
    {
        // Behind a proxy it is the proxy that has to answer.
        Uri server = HttpClient.DefaultProxy.GetProxy(mirror) ?? mirror;
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // Refused, or an unknown name: an answer, of which the download itself will tell.
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return true;
    }
}
