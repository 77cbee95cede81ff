using Tracers.Engine.State;

namespace Tracers.Engine.Runtimes;

/// <summary>
/// Which request a connection served when. A web server sends and receives on threads that work for no request, but a connection of HTTP/1.1
/// serves one after the other, and who asks waits for the answer. What goes out from when one began until the next begins is of that one, also when it
/// had ended by then; what comes in behind the last of that is of the next, also when the one before has not ended.
/// </summary>
internal sealed class ConnectionRequests
{
    private const int MostKept = 10_000;
    private const long KeptFor = 60_000_000_000;

    private readonly Dictionary<ConnectionKey, Connection> _connections = [];
    private int _tidyAt = MostKept;

    /// <summary>A request has begun, of which it is known where it came from.</summary>
    public void Begin(int pid, RuntimeSpan span)
    {
        if (span.Request is null || ConnectionKey.Of(pid, span.Request) is not { } key)
            return;
        if (!_connections.TryGetValue(key, out Connection? connection))
            _connections.Add(key, connection = New(span.Began));
        connection.Requests.Add(span);
    }

    /// <summary>Something was sent; to be said before anything is asked about that time.</summary>
    /// <param name="use">By whom, over which connection.</param>
    /// <param name="time">When the call began, by the runtime's clock.</param>
    public void Sent(SocketUse use, long time)
    {
        if (Find(use) is { } connection)
            connection.Sends.Add(time);
        else if (use.Fd.Role == SocketRole.Server && ConnectionKey.Of(use.Pid, use.Fd.Tuple) is { } key)
            (_connections[key] = New(time)).Sends.Add(time);
    }

    /// <summary>The request that a call was for; null for none, and where it is not known.</summary>
    /// <param name="use">The call.</param>
    /// <param name="time">When it began, by the runtime's clock; never before the last one asked for by much.</param>
    public RuntimeSpan? Find(SocketUse use, long time)
    {
        if (Find(use) is not { Requests: [_, ..] requests } connection)
            return null;

        // The last one that had begun.
        int last = requests.FindLastIndex(request => request.Began <= time);
        if (last > 0)
        {
            requests.RemoveRange(0, last);
            connection.Sends.RemoveAll(send => send < requests[0].Began);
            last = 0;
        }

        if (!use.Receives)
            return last < 0 ? null : requests[last];
        RuntimeSpan? next = last + 1 < requests.Count ? requests[last + 1] : null;
        return last < 0 || IsOfNext(connection, requests[last], next, time) ? next : requests[last];
    }

    private static bool IsOfNext(Connection connection, RuntimeSpan request, RuntimeSpan? next, long time)
    {
        int lastSend = next is null ? -1 : connection.Sends.FindLastIndex(send => send < next.Began);
        return lastSend < 0 || connection.Sends[lastSend] < request.Began ? request.End <= time : time > connection.Sends[lastSend];
    }

    private Connection? Find(SocketUse use)
    {
        if (use.Fd.Role == SocketRole.Client || ConnectionKey.Of(use.Pid, use.Fd.Tuple) is not { } key)
            return null;
        if (_connections.TryGetValue(key, out Connection? connection) || use.Fd.Role == SocketRole.Server)
            return connection;
        return _connections.GetValueOrDefault(ConnectionKey.Of(use.Pid, use.Fd.Tuple, isReversed: true)!);
    }

    private Connection New(long now)
    {
        if (_connections.Count >= _tidyAt)
            Tidy(now - KeptFor);
        return new Connection();
    }

    private void Tidy(long before)
    {
        foreach ((ConnectionKey key, Connection connection) in _connections)
        {
            if (connection.Requests is not [.., { End: null }] && connection.LastTime < before)
                _connections.Remove(key);
        }

        _tidyAt = Math.Max(MostKept, 2 * _connections.Count);
    }

    private sealed class Connection
    {
        public List<RuntimeSpan> Requests { get; } = [];

        /// <summary>When something was sent, since the first of the requests.</summary>
        public List<long> Sends { get; } = [];

        public long LastTime => Math.Max(Requests is [.., var last] ? last.End ?? last.Began : long.MinValue, Sends is [.., var send] ? send : long.MinValue);
    }
}
