using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Spans of one capture that somebody chose, for a second pass over it: which of them does an event lie in?</summary>
/// <remarks>
/// They are known by their numbers in the order of beginning, and checked when they begin. An event is judged where it happens, by a look at
/// the head of a list; neither how many spans are chosen nor how many are open makes a difference.
/// </remarks>
internal sealed class SpanSelection
{
    private readonly SpanIdentity[] _wanted;
    private readonly SpanScope _scope;
    private readonly SpanNesting _nesting;
    private OpenSpans _chosen = null!;
    private OpenSpans? _all;
    private int _next;

    /// <param name="spans">Spans of one capture, in any order and as often as they come; those without a beginning are left out.</param>
    /// <param name="scope">What lies in a span.</param>
    /// <param name="nesting">Whether what lies in a span inside of a chosen one belongs to the chosen one.</param>
    public SpanSelection(IEnumerable<SpanRecord> spans, SpanScope scope, SpanNesting nesting)
        : this(spans.Select(static s => new SpanIdentity(s)), scope, nesting)
    {
    }

    /// <inheritdoc cref="SpanSelection(IEnumerable{SpanRecord}, SpanScope, SpanNesting)"/>
    public SpanSelection(IEnumerable<SpanIdentity> spans, SpanScope scope, SpanNesting nesting)
    {
        _wanted = [.. spans.Where(static s => s.Sequence != 0).DistinctBy(static s => (s.Sequence, s.Id, s.Start)).OrderBy(static s => s.Sequence)];
        _scope = scope;
        _nesting = nesting;
    }

    /// <summary>How many spans are chosen.</summary>
    public int Count => _wanted.Length;

    /// <summary>Whether a span that has begun is chosen.</summary>
    public bool Contains(SpanNode span) => _chosen.Keeps(span);

    /// <summary>Whether all chosen spans have begun and ended: no later event lies in one.</summary>
    public bool IsOver => _next == _wanted.Length && _chosen.Count == 0;

    /// <summary>Joins a pass, before it begins.</summary>
    public void Attach(CaptureState state, SpanTracker tracker)
    {
        _next = 0;
        _chosen = new OpenSpans(state, tracker, _scope, IsWanted);
        _all = _nesting == SpanNesting.Innermost ? new OpenSpans(state, tracker, _scope) : null;
    }

    /// <summary>The innermost chosen span that an event of a thread lies in now, after it was applied; null for none. Not for markers.</summary>
    [MethodImpl(HotPath.Compile)]
    public SpanNode? Around(TracedThread thread) => _all is null ? _chosen.Innermost(thread) : OnlyChosen(_all.Innermost(thread));

    /// <summary>The innermost chosen span that the last marker of the pass lies in: not the one that it began, but the one that it ended. Valid as long as the marker is.</summary>
    public SpanNode? AroundMarker => _all is null ? _chosen.AroundMarker : OnlyChosen(_all.AroundMarker);

    /// <summary>To be called at the end of the capture.</summary>
    /// <exception cref="CaptureChangedException">Not all chosen spans came.</exception>
    public void CheckAllSeen()
    {
        if (_next < _wanted.Length)
            throw CaptureChangedException.Of(_wanted[_next]);
    }

    private SpanNode? OnlyChosen(SpanNode? span) => span is not null && _chosen.Keeps(span) ? span : null;

    // Spans begin in the order of their numbers.
    private bool IsWanted(SpanNode span)
    {
        if (_next == _wanted.Length || _wanted[_next].Sequence != span.Sequence)
            return false;
        SpanIdentity wanted = _wanted[_next++];
        return wanted.Id == span.Id && wanted.Start == span.Start ? true : throw CaptureChangedException.Of(wanted);
    }
}
