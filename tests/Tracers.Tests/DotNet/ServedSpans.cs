using System.Globalization;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>Which request each span of a recording is of, as the clients know it: the requests of a connection follow one another.</summary>
internal sealed class ServedSpans
{
    private readonly Dictionary<long, long> _parents = [];
    private readonly Dictionary<long, int> _numbers = [];

    /// <summary>Numbers of requests by the id of their span.</summary>
    private readonly Dictionary<long, int> _byId = [];

    /// <param name="path">The recording.</param>
    /// <param name="served">What the clients have asked for, and were answered.</param>
    public ServedSpans(string path, IReadOnlyList<ServedRequest> served)
    {
        Reading reading = Reading.OfFile(path);
        Assert.Null(reading.Error);
        Dictionary<int, Queue<int>> byClient = served.GroupBy(r => r.Client.Port).ToDictionary(g => g.Key, g => new Queue<int>(g.Select(r => r.K)));
        foreach (SpanRecord span in reading.Spans.OrderBy(s => s.Start))
        {
            _parents[span.Sequence] = span.ParentSequence;
            Dictionary<string, string> arguments = MarkerText.SplitArguments(span.Arguments).ToDictionary();
            if (!arguments.TryGetValue("connection", out string? connection))
                continue;

            // What the service asks itself has its number in the path.
            string last = arguments["path"].Split('/')[^1];
            int k = byClient.TryGetValue(int.Parse(connection.Split(':')[^1], CultureInfo.InvariantCulture), out Queue<int>? queue) ? queue.Dequeue()
                : int.Parse(last, CultureInfo.InvariantCulture);
            _numbers[span.Sequence] = k;
            if (queue is not null)
                _byId[span.Id] = k;
        }
    }

    /// <summary>The number of the request that a span belongs to; 0 where it belongs to none.</summary>
    public int NumberOf(SpanRef span)
    {
        for (long at = span.Sequence; at != 0; at = _parents.GetValueOrDefault(at))
        {
            if (_numbers.TryGetValue(at, out int k))
                return k;
        }

        return 0;
    }

    /// <summary>Bytes that moved in the spans of requests whose tags end with these, by the number of the request.</summary>
    public Dictionary<int, long> BytesBy(IEnumerable<EventRecord> events, string tags)
    {
        Dictionary<int, long> bytes = [];
        foreach (EventRecord e in events)
        {
            if (e is { MovedBytes: { } moved, Span: { } span } && span.Tags.Text.EndsWith(tags, StringComparison.Ordinal) && _byId.TryGetValue(span.Id, out int k))
                bytes[k] = bytes.GetValueOrDefault(k) + moved;
        }

        return bytes;
    }
}
