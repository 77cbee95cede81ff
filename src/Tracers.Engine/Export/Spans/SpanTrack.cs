using Tracers.Engine.Analysis.Traces;

namespace Tracers.Engine.Export.Spans;

/// <summary>The spans that a thread opened, as far as they can be drawn as one stack; and the others, which overlap or which another thread closed.</summary>
internal sealed class SpanTrack
{
    private readonly List<TraceNode> _others = [];

    private SpanTrack(int pid, int tid)
    {
        Pid = pid;
        Tid = tid;
    }

    public int Pid { get; }

    public int Tid { get; }

    /// <summary>Name (comm) of the thread; null when the capture does not say. A thread that was renamed has the last one.</summary>
    public string? Name { get; private set; }

    /// <summary>Spans that the thread opened and closed, each inside of the one that it belongs to or of none.</summary>
    public SpanLane Stack { get; } = new();

    /// <summary>The other spans that it opened, in the order in which they began.</summary>
    public IReadOnlyList<TraceNode> Others => _others;

    /// <summary>The tracks of a capture, by process and thread.</summary>
    public static IReadOnlyList<SpanTrack> Of(TraceForest forest)
    {
        SortedDictionary<(int Pid, int Tid), SpanTrack> tracks = [];
        foreach (TraceNode span in forest.All().OrderBy(static s => s.Start).ThenBy(static s => s.Span.Sequence))
        {
            (int Pid, int Tid) thread = (span.Span.Opener.Pid, span.Span.Opener.Tid);
            if (!tracks.TryGetValue(thread, out SpanTrack? track))
                tracks.Add(thread, track = new SpanTrack(thread.Pid, thread.Tid));
            track.Name = span.Span.Opener.Name ?? track.Name;
            bool isOfOneThread = span.Span.Closer is null || span.Span.Closer.Tid == thread.Tid;
            if (!isOfOneThread || !track.Stack.TryAdd(span))
                track._others.Add(span);
        }

        return [.. tracks.Values];
    }

    /// <summary>The other spans on as few stacks as are needed to draw them one beside the other.</summary>
    public IReadOnlyList<SpanLane> OtherStacks()
    {
        List<SpanLane> lanes = [];
        Dictionary<TraceNode, SpanLane> laneOf = [];
        PriorityQueue<SpanLane, long> free = new();
        foreach (TraceNode span in _others)
        {
            if (span.Parent is { } parent && laneOf.TryGetValue(parent, out SpanLane? lane) && lane.TryAdd(span))
            {
                laneOf.Add(span, lane);
                continue;
            }

            lane = FreeLane(span);
            if (lane is null)
            {
                lanes.Add(lane = new SpanLane());
                lane.TryAdd(span);
            }

            laneOf.Add(span, lane);
            free.Enqueue(lane, lane.End);
        }

        return lanes;

        // A child that began when its parent ended lies behind it, and its lane ends later than was thought.
        SpanLane? FreeLane(TraceNode span)
        {
            while (free.TryPeek(out SpanLane? next, out long from) && from <= span.Start)
            {
                free.Dequeue();
                if (next.TryAdd(span))
                    return next;
                free.Enqueue(next, next.End);
            }

            return null;
        }
    }
}
