using System.Net;

namespace Tracers.Demo;

/// <summary>One request on its way: a connection of a client, what it asks for, and how the client behaves.</summary>
internal sealed class Connection(IPEndPoint client, RequestPlan plan)
{
    private readonly TaskCompletionSource _closed = new();

    public IPEndPoint Client { get; } = client;

    public RequestPlan Plan { get; } = plan;

    /// <summary>Done when the server has closed the connection.</summary>
    public Task Closed => _closed.Task;

    public void Close() => _closed.SetResult();
}
