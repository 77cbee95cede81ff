using Tracers.Engine.State;

namespace Tracers.Engine.Runtimes;

/// <summary>
/// Which request a connection served when. A web server sends and receives on threads that work for no request, but a connection of HTTP/1.1
/// serves one after the other: what comes in from when one ended until the next has ended is of the next, what goes out from when one began until
/// the next begins is of that one, also when it had ended by then.
/// </summary>
internal sealed class ConnectionRequests
{
    private const int MostKept = 10_000;
    private const long KeptFor = 60_000_000_000;

    private readonly Dictionary<ConnectionKey, List<RuntimeSpan>> _requests = [];
    private int _tidyAt = MostKept;

    /// <summary>A request has begun, of which it is known where it came from.</summary>
    public void Begin(int pid, RuntimeSpan span)
    {
        if (span.Request is null || ConnectionKey.Of(pid, span.Request) is not { } key)
            return;
        if (_requests.Count >= _tidyAt)
            Tidy(span.Began - KeptFor);
        if (!_requests.TryGetValue(key, out List<RuntimeSpan>? requests))
            _requests.Add(key, requests = []);
        requests.Add(span);
    }

    /// <summary>The request that a socket was served for; null for none, and where it is not known.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="fd">The socket.</param>
    /// <param name="time">When, by the runtime's clock; never before the last one asked for by much.</param>
    /// <param name="receives">Whether it was received from, or sent to.</param>
    public RuntimeSpan? Find(int pid, FdInfo fd, long time, bool receives)
    {
        if (fd.Role == SocketRole.Client || ConnectionKey.Of(pid, fd.Tuple) is not { } key)
            return null;
        if (!_requests.TryGetValue(key, out List<RuntimeSpan>? requests)
            && (fd.Role == SocketRole.Server || !_requests.TryGetValue(ConnectionKey.Of(pid, fd.Tuple, isReversed: true)!, out requests)))
        {
            return null;
        }

        // The last one that had begun.
        int last = requests.FindLastIndex(request => request.Began <= time);
        if (last > 1)
        {
            requests.RemoveRange(0, last - 1);
            last = 1;
        }

        if (!receives)
            return last < 0 ? null : requests[last];
        return last >= 0 && !(requests[last].End <= time) ? requests[last] : last + 1 < requests.Count ? requests[last + 1] : null;
    }

    private void Tidy(long before)
    {
        foreach ((ConnectionKey key, List<RuntimeSpan> requests) in _requests)
        {
            if (requests[^1].End < before)
                _requests.Remove(key);
        }

        _tidyAt = Math.Max(MostKept, 2 * _requests.Count);
    }
}
