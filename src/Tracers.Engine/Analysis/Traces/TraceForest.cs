using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis.Traces;

/// <summary>Spans of one capture as trees: each below its parent, where that is among them.</summary>
internal sealed class TraceForest
{
    /// <param name="spans">Spans of one capture in any order; what comes twice counts once.</param>
    /// <param name="captureEnd">
    /// When the capture ended, ns since the epoch: unfinished spans reach up to there. 0 where that is not known: then up to the last moment that
    /// the spans themselves tell of.
    /// </param>
    public TraceForest(IEnumerable<SpanRecord> spans, long captureEnd)
    {
        List<SpanRecord> begun = [];
        List<SpanRecord> orphans = [];
        foreach (SpanRecord span in spans)
            (span.State == SpanState.Orphan ? orphans : begun).Add(span);
        begun.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        CaptureEnd = begun.Aggregate(captureEnd, static (end, span) => Math.Max(end, LastMomentOf(span)));

        // A parent is open when its child begins, so that it has a lower number and is there already.
        Dictionary<long, TraceNode> nodes = new(begun.Count);
        List<TraceNode> roots = [];
        foreach (SpanRecord span in begun)
        {
            if (nodes.ContainsKey(span.Sequence))
                continue;
            TraceNode node = new(span, nodes.GetValueOrDefault(span.ParentSequence), CaptureEnd);
            nodes.Add(span.Sequence, node);
            if (node.Parent is null)
                roots.Add(node);
        }

        Roots = roots;
        Count = nodes.Count;
        Orphans = orphans;
    }

    /// <summary>Spans without a parent, and those whose parent is not there, in the order in which they began.</summary>
    public IReadOnlyList<TraceNode> Roots { get; }

    /// <summary>Spans in the trees.</summary>
    public int Count { get; }

    /// <summary>Spans of which only the end is in the capture: they have neither a beginning nor a parent, and stand in no tree.</summary>
    public IReadOnlyList<SpanRecord> Orphans { get; }

    /// <summary>Up to where unfinished spans reach, ns since the epoch.</summary>
    public long CaptureEnd { get; }

    /// <summary>All spans with a beginning: trees one after the other, parents before their children.</summary>
    public IEnumerable<TraceNode> All() => Roots.SelectMany(static root => root.All());

    // What was done in an unfinished span was measured up to the end of its capture.
    private static long LastMomentOf(SpanRecord span) =>
        span.State == SpanState.Finished ? Math.Max(span.Start, span.End) : span.Start + (span.Work?.Inclusive.Time ?? 0);
}
