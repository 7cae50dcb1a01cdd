using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Fetches a file from the first of several mirrors that serves the right content. An address is tried again, from
/// where it broke off if the server can do that, after faults that pass; after others the next mirror has its turn. The
/// content is gathered in memory (no file of these datasets is large), so nothing half-done is ever on the disk.
/// </summary>
internal sealed class Downloader : IDisposable
{
    private const int BlockLength = 1 << 16;
    private const int MaxRedirects = 5;

    private readonly DownloadOptions _patience;
    private readonly Action<DownloadProgress>? _progress;
    private readonly HttpClient _client;
    private readonly ResiliencePipeline _retries;

    /// <param name="patience">Time-outs and limits.</param>
    /// <param name="progress">Told after each block that comes.</param>
    /// <param name="log">Told of each fault.</param>
    public Downloader(DownloadOptions patience, Action<DownloadProgress>? progress, Action<string>? log)
    {
        _patience = patience;
        _progress = progress;
        var handler = new SocketsHttpHandler { ConnectTimeout = patience.Connect, AllowAutoRedirect = false };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("MnistNet", typeof(Downloader).Assembly.GetName().Version?.ToString(3)));
        _retries = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<DownloadFault>(fault => fault.IsPassing),
                MaxRetryAttempts = patience.Retries,
                Delay = patience.BackOff,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                OnRetry = attempt =>
                {
                    string fault = attempt.Outcome.Exception!.Message;
                    log?.Invoke(Invariant($"{fault} Trying again in {attempt.RetryDelay.TotalSeconds:N1} s."));
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Fetches a file.</summary>
    /// <typeparam name="T">What is made of its content.</typeparam>
    /// <param name="name">The file's name on each mirror.</param>
    /// <param name="mirrors">The addresses of the folders it may be in.</param>
    /// <param name="read">Reads the content, and throws <see cref="DataFormatException"/> when it is not the right
    /// one.</param>
    /// <param name="cancellation">Ends the download at once.</param>
    /// <exception cref="DataSourceException">No mirror served it; the message says what each one did.</exception>
    public async Task<Download<T>> FetchAsync<T>(
        string name, IReadOnlyList<Uri> mirrors, Func<ContentReader, T> read, CancellationToken cancellation)
    {
        var faults = new List<string>();
        foreach (Uri mirror in mirrors)
        {
            Uri address = WebAddress.Of(mirror, name);
            try
            {
                byte[] content = await FetchAsync(name, address, cancellation).ConfigureAwait(false);
                Uri shown = WebAddress.WithoutSecrets(address);
                using ContentReader reader = ContentReader.Over(content, shown);
                return new Download<T>(shown, content, read(reader));
            }
            catch (Exception fault) when (fault is DownloadFault or DataFormatException)
            {
                faults.Add(fault.Message);
            }
        }

        throw new DataSourceException("DownloadFailed", $"{name} could not be downloaded. {string.Join(" ", faults)}");
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> FetchAsync(string name, Uri address, CancellationToken cancellation)
    {
        var partial = new Partial(name, address);
        await _retries.ExecuteAsync(
            async token => await AttemptAsync(partial, token).ConfigureAwait(false),
            cancellation).ConfigureAwait(false);
        return partial.Content.ToArray();
    }

    private async Task AttemptAsync(Partial partial, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            stall.CancelAfter(_patience.Stall);
            using HttpResponseMessage response = await SendAsync(partial, stall.Token).ConfigureAwait(false);
            long? total = Begin(partial, response);
            using Stream content = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
            var block = new byte[BlockLength];
            while (true)
            {
                stall.CancelAfter(_patience.Stall);
                int length = await content.ReadAsync(block, stall.Token).ConfigureAwait(false);
                if (length == 0)
                {
                    return;
                }

                partial.Content.Write(block, 0, length);
                RequireLimit(partial, partial.Content.Length);
                Uri shown = WebAddress.WithoutSecrets(partial.Address);
                _progress?.Invoke(new DownloadProgress(partial.Name, shown, partial.Content.Length, total));
            }
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new DownloadFault(partial.Address,
                $"nothing came for {_patience.Stall.TotalSeconds:N0} s, after {partial.Content.Length:N0} "
                + $"bytes.", isPassing: true);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadFault(partial.Address,
                $"no connection within {_patience.Connect.TotalSeconds:N0} s.", isPassing: false, exception);
        }
        catch (HttpRequestException exception)
        {
            bool isPassing =
                exception.HttpRequestError is not (HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError);
            throw new DownloadFault(partial.Address, $"{exception.Message.TrimEnd('.')}.", isPassing, exception);
        }
        catch (IOException exception)
        {
            throw new DownloadFault(partial.Address,
                $"the connection broke after {partial.Content.Length:N0} bytes: "
                + $"{exception.Message.TrimEnd('.')}.", isPassing: true, exception);
        }
    }

    /// <summary>Asks for the content, and follows to where the server sends on to.</summary>
    private async Task<HttpResponseMessage> SendAsync(Partial partial, CancellationToken cancellation)
    {
        Uri address = partial.Address;
        for (int redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using HttpRequestMessage request = partial.CreateRequest(address);
            HttpResponseMessage response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode))
            {
                return response;
            }

            using (response)
            {
                address = Follow(partial, address, response);
            }
        }

        throw new DownloadFault(partial.Address,
            $"the server sends on more than {MaxRedirects} times.", isPassing: false);
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static Uri Follow(Partial partial, Uri from, HttpResponseMessage response)
    {
        string location =
            response.Headers.TryGetValues("Location", out IEnumerable<string>? values) ? values.First() : "";
        if (location.Length == 0 || !Uri.TryCreate(from, location, out Uri? to) || !WebAddress.IsUsable(to))
        {
            string shown = location.Length == 0 ? "nowhere" : WebAddress.Shown(location);
            throw new DownloadFault(
                partial.Address,
                $"the server sends on to {shown}, which is not a web address.",
                isPassing: false);
        }

        // What was asked for in secret is not to be asked for in the open.
        return from.Scheme == Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttps
            ? throw new DownloadFault(
                partial.Address,
                $"the server sends on to {WebAddress.Shown(to)}, from https to plain http.",
                isPassing: false)
            : to;
    }

    /// <summary>
    /// Judges the answer's head and makes the partial content ready for what follows; gives the total length, if known.
    /// </summary>
    private long? Begin(Partial partial, HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange is { From: long from } range && from == partial.Content.Length)
        {
            RequireLimit(partial, range.Length);
            return range.Length;
        }

        if (response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            partial.Restart(tag: null);
            throw new DownloadFault(partial.Address, $"the server did not go on where it broke off.", isPassing: true);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            bool isPassing =
                response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests;
            throw new DownloadFault(partial.Address,
                $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}.", isPassing);
        }

        partial.Restart(response.Headers.ETag);
        long? total = response.Content.Headers.ContentLength;
        RequireLimit(partial, total);
        return total;
    }

    private void RequireLimit(Partial partial, long? length)
    {
        if (length > _patience.MaxBytes)
        {
            throw new DownloadFault(partial.Address,
                $"it is longer than {_patience.MaxBytes:N0} bytes, far more than {partial.Name} "
                + $"has.", isPassing: false);
        }
    }

    /// <summary>What has come so far from one address.</summary>
    private sealed class Partial(string name, Uri address)
    {
        private EntityTagHeaderValue? _tag;

        public string Name { get; } = name;

        public Uri Address { get; } = address;

        public MemoryStream Content { get; } = new();

        /// <summary>
        /// Asks for the rest, if the server has named the content by a strong tag, so that it joins only its own kind.
        /// </summary>
        public HttpRequestMessage CreateRequest(Uri address)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = WebAddress.CredentialsOf(address);
            if (Content.Length > 0 && _tag is { IsWeak: false })
            {
                request.Headers.Range = new RangeHeaderValue(Content.Length, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(_tag);
            }

            return request;
        }

        public void Restart(EntityTagHeaderValue? tag)
        {
            Content.SetLength(0);
            _tag = tag;
        }
    }

    /// <summary>Why an attempt failed, and whether another may do better.</summary>
    private sealed class DownloadFault(
        Uri address, InvariantText message, bool isPassing, Exception? innerException = null)
        : Exception($"{WebAddress.Shown(address)}: {message.ToString()}", innerException)
    {
        public bool IsPassing { get; } = isPassing;
    }
}

/// <summary>What was downloaded.</summary>
/// <typeparam name="T">What was made of it.</typeparam>
/// <param name="Address">Where it came from.</param>
/// <param name="Bytes">As it was served.</param>
/// <param name="Content">What was made of it.</param>
internal sealed record Download<T>(Uri Address, byte[] Bytes, T Content);
