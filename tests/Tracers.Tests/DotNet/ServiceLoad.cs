using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tracers.Tests.DotNet;

/// <summary>Numbered requests to the test service, some at a time, each client over a connection that it keeps.</summary>
internal static class ServiceLoad
{
    /// <summary>Length of what request 0 reads at once.</summary>
    public const int FirstLength = 100_000;

    /// <summary>A service ends the activity of a request behind its answer: so long after that it has done so.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    /// <summary>The routes, and the path of request <c>{k}</c>.</summary>
    public static IReadOnlyList<(string Route, string Path)> All { get; } =
    [
        ("/sync/{k:int}", "/sync/{k}"), .. new[] { "sync", "async", "branches", "thread", "parallel", "unsafe", "socket", "client" }.Select(kind => ($"/{kind}", $"/{kind}?k={{k}}")),
    ];

    /// <summary>Sends requests, to the routes in turn.</summary>
    /// <param name="service">Where the service serves.</param>
    /// <param name="count">How many; their numbers are from <paramref name="first"/> on.</param>
    /// <param name="clients">How many of them at a time.</param>
    /// <param name="kinds">Which routes: words that begin them, <c>sync</c>; none for all.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="http2">Whether it is HTTP/2; what came of a response is then not counted, since others share its connection.</param>
    /// <returns>What was answered, in the order of their numbers.</returns>
    public static async Task<IReadOnlyList<ServedRequest>> RunAsync(
        Uri service, int count, int clients, string[]? kinds = null, int first = 1, bool http2 = false)
    {
        (string Route, string Path)[] routes = [.. All.Where(r => kinds is null || kinds.Contains(r.Route.Split('/')[1]))];
        ServedRequest[] served = new ServedRequest[count];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            CountingStream? connection = null;
            using SocketsHttpHandler handler = new()
            {
                MaxConnectionsPerServer = 1,
                ActivityHeadersPropagator = null,
                ConnectCallback = async (context, cancellation) =>
                {
                    Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                    return connection = new CountingStream(socket);
                },
            };
            using HttpClient client = new(handler)
            {
                BaseAddress = service,
                DefaultRequestVersion = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                int k = first + i;
                (string route, string path) = routes[i % routes.Length];
                long before = connection?.Received ?? 0, sentBefore = connection?.Sent ?? 0;
                using HttpResponseMessage response = await client.GetAsync(new Uri(path.Replace("{k}", k.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), UriKind.Relative));
                byte[] body = await response.Content.ReadAsByteArrayAsync();
                served[i] = new ServedRequest(
                    k, $"GET {route}", (int)response.StatusCode, body.Length, http2 ? 0 : connection!.Received - before, http2 ? 0 : connection!.Sent - sentBefore, (IPEndPoint)connection!.Socket.LocalEndPoint!);
            }
        })));
        await Task.Delay(Settling);
        return served;
    }
}
