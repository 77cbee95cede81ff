using System.Text;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Runtimes;

/// <summary>Finds in the markers that a process writes itself which connection serves which request.</summary>
/// <param name="requests">Is told of them.</param>
internal sealed class MarkedRequests(ConnectionRequests requests)
{
    // Whose end was not recorded would stay for ever.
    private const int MostKept = 10_000;
    private const long KeptFor = 60_000_000_000;

    private readonly Dictionary<long, RuntimeSpan> _open = [];
    private int _tidyAt = MostKept;

    /// <summary>Requests that have not ended.</summary>
    public int Remembered => _open.Count;

    /// <summary>Takes a marker.</summary>
    /// <param name="marker">The marker.</param>
    /// <param name="pid">The process that wrote it.</param>
    /// <param name="time">When, by the runtime's clock.</param>
    public void Take(in Marker marker, int pid, long time)
    {
        if (marker.Kind == MarkerKind.Close && _open.TryGetValue(marker.Id, out RuntimeSpan? ended) && marker.Tags.SequenceEqual(ended.Tags))
        {
            ended.End = time;
            _open.Remove(marker.Id);
        }

        if (marker.Kind != MarkerKind.Open || !MarkerText.TryGetArgument(marker.Arguments, "connection"u8, out _))
            return;
        Dictionary<string, string> arguments = [];
        foreach ((string name, string value) in MarkerText.SplitArguments(marker.Arguments))
            arguments[name] = value;

        // Neither form of an address has a minus in it.
        string[] ends = arguments["connection"].Split('-');
        RuntimeSpan span = new()
        {
            Id = marker.Id,
            Name = Encoding.UTF8.GetString(marker.Tags),
            Began = time,
            Tags = marker.Tags.ToArray(),
            Request = new RuntimeRequest
            {
                ActivityId = 0,
                Method = arguments.GetValueOrDefault("method", ""),
                Path = arguments.GetValueOrDefault("path", ""),
                Protocol = arguments.GetValueOrDefault("protocol", ""),
                LocalEnd = ends[0],
                RemoteEnd = ends[^1],
            },
        };
        if (_open.Count >= _tidyAt)
            Tidy(time - KeptFor);
        _open[span.Id] = span;
        requests.Begin(pid, span);
    }

    private void Tidy(long before)
    {
        foreach ((long id, RuntimeSpan span) in _open)
        {
            if (span.Began < before)
                _open.Remove(id);
        }

        _tidyAt = Math.Max(MostKept, 2 * _open.Count);
    }
}
