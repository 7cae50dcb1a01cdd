using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MnistNet.Tests;

/// <summary>
/// A web server on the loopback address whose answers a test writes byte by byte, so that it can stall, lie and break
/// off as real ones do. One request a connection.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Request, Stream, CancellationToken, Task> _answer;
    private readonly ConcurrentQueue<Request> _requests = new();

    public LoopbackServer(Func<Request, Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/data/");
        _ = AcceptAsync();
    }

    /// <summary>The folder that the server serves.</summary>
    public Uri Address { get; }

    /// <summary>What was asked for so far.</summary>
    public Request[] Requests => [.. _requests];

    /// <summary>Serves files by their names, and answers 404 to other names.</summary>
    public static LoopbackServer Serving(IReadOnlyDictionary<string, byte[]> files) =>
        new((request, stream, _) => files.TryGetValue(request.Name.Split('?')[0], out byte[]? content)
            ? WriteAsync(stream, "200 OK", content)
            : WriteAsync(stream, "404 Not Found", "no such file"u8.ToArray()));

    /// <summary>Gives a different answer to each request in turn, and the last one to all that follow.</summary>
    public static LoopbackServer InTurn(params Func<Request, Stream, CancellationToken, Task>[] answers)
    {
        int count = -1;
        return new LoopbackServer(
            (request, stream, stop) =>
                answers[Math.Min(Interlocked.Increment(ref count), answers.Length - 1)](request, stream, stop));
    }

    /// <summary>Writes a whole answer.</summary>
    public static async Task WriteAsync(Stream stream, string status, byte[] content, params string[] headers)
    {
        await WriteHeadAsync(stream, status, [$"Content-Length: {content.Length}", .. headers]);
        await stream.WriteAsync(content);
    }

    /// <summary>Writes the head of an answer.</summary>
    public static async Task WriteHeadAsync(Stream stream, string status, params string[] headers)
    {
        string head =
            string.Concat(
                [$"HTTP/1.1 {status}\r\n", .. headers.Select(header => header + "\r\n"), "Connection: close\r\n\r\n"]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(stop);
                _ = AnswerAsync(client, stop);
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                Request request = await ReadAsync(stream, stop);
                _requests.Enqueue(request);
                await _answer(request, stream, stop);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The client went away, or the test ended.
            }
        }
    }

    private static async Task<Request> ReadAsync(Stream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await stream.ReadAsync(one, stop) == 1)
        {
            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new Request(
            lines[0].Split(' ')[1].Split('/')[^1],
            lines.Skip(1).ToDictionary(
                line => line.Split(": ", 2)[0], line => line.Split(": ", 2)[1], StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What a client asked for: the last part of the path with the query, and the headers.</summary>
    internal sealed record Request(string Name, IReadOnlyDictionary<string, string> Headers)
    {
        /// <summary>Where the rest that was asked for begins; 0 for the whole.</summary>
        public int From =>
            Headers.TryGetValue("Range", out string? range) ? int.Parse(
                range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
    }
}
