using System.Runtime.CompilerServices;

namespace Tracers.Engine.Spans;

/// <summary>What one thread is inside of.</summary>
internal sealed class ThreadSpans
{
    /// <summary>The newest open span that this thread opened.</summary>
    public SpanNode? Newest;

    /// <summary>Sequence that the next span of the capture had when the thread's last switch marker came; 0 before the first.</summary>
    public long SwitchedAt;

    /// <summary>Those of its open spans that somebody chose; null for none so far.</summary>
    public OpenSpanList? Chosen;

    /// <summary>The beginning of a marker that the thread has not finished; null for none.</summary>
    public MarkerFragment? Fragment;

    /// <summary>Grows when a span is closed that another of the thread lies in: what was said of the inner ones is no longer so.</summary>
    public long Shape;

    /// <summary>Slot for an accounting of what the thread does.</summary>
    public object? Work;

    private SpanNode? _switched;
    private long _switchedSequence;

    /// <summary>The span that the thread's work belongs to now; null for none.</summary>
    public SpanNode? Innermost
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => SwitchedAt == 0 ? Newest : AfterSwitch();
    }

    /// <summary>Remembers a switch marker: spans that the thread opened before it no longer hold its work.</summary>
    /// <param name="span">The span that it runs now, null for none.</param>
    /// <param name="sequence">Sequence of the newest span of the capture at this moment.</param>
    public void SwitchTo(SpanNode? span, long sequence)
    {
        _switched = span;
        _switchedSequence = span?.Sequence ?? 0;
        SwitchedAt = sequence + 1;
    }

    /// <summary>The open spans around the thread's work, as a chain that never changes; null for none.</summary>
    /// <param name="tags">Where their tags stand.</param>
    /// <param name="shape">Grows with every change that can concern several threads.</param>
    public SpanRef? OpenSpans(TagTable tags, long shape)
    {
        if (Innermost is not { } innermost)
            return null;
        if (innermost.Describes(shape) is { } known)
            return known;

        // Those that are new, and those around them as far as anything changed.
        List<SpanNode> changed = [];
        SpanRef? outer = null;
        for (SpanNode? node = innermost; node is not null && (outer = node.Describes(shape)) is null; node = node.Outer)
            changed.Add(node);
        for (int i = changed.Count - 1; i >= 0; i--)
        {
            SpanNode node = changed[i];
            node.Ref = outer = new SpanRef(node.Sequence, node.Id, tags[node.Tags], outer);
            node.RefShape = node.Owner.Shape + shape;
        }

        return outer;
    }

    /// <summary>The span that the last switch marker named, while it is open.</summary>
    /// <remarks>The node may have been closed, and even reused, since.</remarks>
    public SpanNode? Switched => _switched is { } span && span.Sequence == _switchedSequence ? span : null;

    private SpanNode? AfterSwitch() => Newest is { } newest && newest.Sequence >= SwitchedAt ? newest : Switched;
}
