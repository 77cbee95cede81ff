using System.Runtime.CompilerServices;

namespace Tracers.Engine.Spans;

/// <summary>What one thread is inside of.</summary>
internal sealed class ThreadSpans
{
    /// <summary>The newest open span that this thread opened.</summary>
    public SpanNode? Newest;

    /// <summary>Sequence that the next span of the capture had when the thread's last switch marker came; 0 before the first.</summary>
    public long SwitchedAt;

    /// <summary>The beginning of a marker that the thread has not finished; null for none.</summary>
    public MarkerFragment? Fragment;

    private SpanRef[] _open = [];
    private long _openVersion = -1;
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

    /// <summary>The open spans around the thread's work, innermost first, as an array that never changes.</summary>
    /// <param name="tags">Where their tags stand.</param>
    /// <param name="version">Grows with every change to any span: the array is made again only then.</param>
    public SpanRef[] OpenSpans(TagTable tags, long version)
    {
        if (_openVersion == version)
            return _open;

        List<SpanRef> open = [];
        for (SpanNode? node = Innermost; node is not null; node = node.Outer)
            open.Add(new SpanRef(node.Sequence, node.Id, tags[node.Tags]));
        _openVersion = version;
        return _open = [.. open];
    }

    /// <summary>The span that the last switch marker named, while it is open.</summary>
    /// <remarks>The node may have been closed, and even reused, since.</remarks>
    public SpanNode? Switched => _switched is { } span && span.Sequence == _switchedSequence ? span : null;

    private SpanNode? AfterSwitch() => Newest is { } newest && newest.Sequence >= SwitchedAt ? newest : Switched;
}
