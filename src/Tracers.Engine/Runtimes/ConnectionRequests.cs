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

    /// <summary>Requests and moments of sending that are remembered.</summary>
    public int Remembered => _connections.Values.Sum(static connection => connection.Remembered);

    /// <summary>A request has begun, of which it is known where it came from.</summary>
    public void Begin(int pid, RuntimeSpan span)
    {
        if (span.Request is not null && ConnectionKey.Of(pid, span.Request) is { } key)
            Of(key, span.Began).Add(span);
    }

    /// <summary>Something was sent; to be said before anything is asked about that time.</summary>
    /// <param name="use">By whom, over which connection.</param>
    /// <param name="time">When the call began, by the runtime's clock.</param>
    public void Sent(SocketUse use, long time)
    {
        if (ConnectionKey.Of(use) is { } key)
            Of(key, time).AddSend(time);
    }

    /// <summary>The request that a call was for; null for none, and where it is not known.</summary>
    /// <param name="use">The call.</param>
    /// <param name="time">When it began, by the runtime's clock; never before the last one asked for by much.</param>
    public RuntimeSpan? Find(SocketUse use, long time) =>
        ConnectionKey.Of(use) is { } key && _connections.TryGetValue(key, out Connection? connection) ? connection.Find(use.Receives, time) : null;

    private Connection Of(ConnectionKey key, long now)
    {
        if (_connections.TryGetValue(key, out Connection? connection))
            return connection;
        if (_connections.Count >= _tidyAt)
            Tidy(now - KeptFor);
        _connections.Add(key, connection = new Connection());
        return connection;
    }

    private void Tidy(long before)
    {
        foreach ((ConnectionKey key, Connection connection) in _connections)
        {
            if (connection.LastTime < before)
                _connections.Remove(key);
        }

        _tidyAt = Math.Max(MostKept, 2 * _connections.Count);
    }

    /// <summary>What one connection served.</summary>
    private sealed class Connection
    {
        // Nobody asks about what is longer ago: events wait for what runtimes say, and not for so long.
        private const long AskedFor = 10_000_000_000;
        private const int LeastKept = 64;

        private readonly List<RuntimeSpan> _requests = [];

        // When something was sent, since the first of the requests.
        private readonly List<long> _sends = [];
        private int _tidyAt = LeastKept;

        public int Remembered => _requests.Count + _sends.Count;

        /// <summary>When something was last known of it; of a request that goes on that is always.</summary>
        public long LastTime => Math.Max(_requests is [.., var last] ? last.End ?? long.MaxValue : long.MinValue, _sends is [.., var send] ? send : long.MinValue);

        public void Add(RuntimeSpan request)
        {
            _requests.Add(request);
            Tidy(request.Began - AskedFor);
        }

        public void AddSend(long time)
        {
            _sends.Add(time);
            Tidy(time - AskedFor);
        }

        public RuntimeSpan? Find(bool receives, long time)
        {
            ForgetUntil(time);
            if (_requests is not [var first, ..])
                return null;
            RuntimeSpan? current = first.Began <= time ? first : null;
            if (!receives)
                return current;
            RuntimeSpan? next = current is null ? first : _requests.Count > 1 ? _requests[1] : null;
            return current is null || IsOfNext(current, next, time) ? next : current;
        }

        private bool IsOfNext(RuntimeSpan request, RuntimeSpan? next, long time)
        {
            int lastSend = next is null ? -1 : _sends.FindLastIndex(send => send < next.Began);
            return lastSend < 0 || _sends[lastSend] < request.Began ? request.End <= time : time > _sends[lastSend];
        }

        private void Tidy(long before)
        {
            if (Remembered < _tidyAt)
                return;
            ForgetUntil(before);
            _sends.RemoveAll(send => send < before);
            _tidyAt = Math.Max(LeastKept, 2 * Remembered);
        }

        // The last request that had begun by then comes first, if one had.
        private void ForgetUntil(long time)
        {
            int last = _requests.FindLastIndex(request => request.Began <= time);
            if (last <= 0)
                return;
            _requests.RemoveRange(0, last);
            _sends.RemoveAll(send => send < _requests[0].Began);
        }
    }
}
