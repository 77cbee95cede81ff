using Tracers.Engine.Analysis.Traces;

namespace Tracers.Engine.Export.Spans;

/// <summary>Spans one inside of the other and one behind the other, so that they can be drawn as one stack over time.</summary>
/// <remarks>They are given in the order in which they began. What is open never ends after what is around it, and only lies in spans that it belongs to.</remarks>
internal sealed class SpanLane
{
    private readonly List<TraceNode> _spans = [];
    private readonly Stack<TraceNode> _open = [];

    /// <summary>In the order in which they began, outer ones first.</summary>
    public IReadOnlyList<TraceNode> Spans => _spans;

    /// <summary>When the last of them ends, ns since the epoch.</summary>
    public long End { get; private set; }

    /// <summary>Takes a span if it fits.</summary>
    public bool TryAdd(TraceNode span)
    {
        while (_open.TryPeek(out TraceNode? ended) && ended.End <= span.Start && !IsAround(ended, span))
            _open.Pop();
        if (_open.TryPeek(out TraceNode? outer) && (span.End > outer.End || span.Start < outer.Start || !Holds(outer, span)))
            return false;
        if (_spans is [.., { } last] && span.Start < last.Start)
            return false;
        _open.Push(span);
        _spans.Add(span);
        End = Math.Max(End, span.End);
        return true;
    }

    /// <summary>The spans as beginnings and ends in the order of time; each end is that of the last beginning that has none yet.</summary>
    public IEnumerable<(TraceNode Span, bool Begins)> Events()
    {
        Stack<TraceNode> open = [];
        foreach (TraceNode span in _spans)
        {
            while (open.TryPeek(out TraceNode? ended) && ended.End <= span.Start && !IsAround(ended, span))
                yield return (open.Pop(), false);
            open.Push(span);
            yield return (span, true);
        }

        while (open.TryPop(out TraceNode? rest))
            yield return (rest, false);
    }

    // A span without length lies in a parent that ends with it.
    private static bool IsAround(TraceNode outer, TraceNode span) => outer.End == span.Start && span.End == span.Start && Holds(outer, span);

    // A parent has a lower number than its child, so that the look upwards ends there.
    private static bool Holds(TraceNode outer, TraceNode span)
    {
        TraceNode top = span;
        while (top.Parent is { } parent && parent.Span.Sequence >= outer.Span.Sequence)
        {
            if (parent == outer)
                return true;
            top = parent;
        }

        // Where a parent between the two is not there, they are still of one trace.
        return top.LacksParent && top.Span.RootSequence == outer.Span.RootSequence;
    }
}
