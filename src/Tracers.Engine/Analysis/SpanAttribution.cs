using System.Runtime.CompilerServices;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Says which span an event is charged to: the innermost of those that count.</summary>
/// <param name="scope">What lies in a span.</param>
/// <param name="isUsed">Whether anything asks for the spans around an event.</param>
internal sealed class SpanAttribution(SpanScope scope, bool isUsed)
{
    // Nothing of it where only threads count: then a thread says itself what its call lies in.
    private bool _isWide;
    private OpenSpans? _around;
    private SpanSelection? _chosen;

    /// <summary>Whether no later event of the pass counts.</summary>
    public bool IsOver => _chosen is { IsOver: true };

    /// <summary>Begins a pass.</summary>
    /// <param name="pass">The pass; it must track spans where they are used or chosen.</param>
    /// <param name="chosen">Only what lies in these spans counts, and the innermost of them is the span; null for all.</param>
    public void Attach(CapturePass pass, SpanSelection? chosen)
    {
        _chosen = chosen;
        chosen?.Attach(pass.State, pass.Tracker);
        bool wide = scope != SpanScope.Thread && isUsed;
        _isWide = wide || chosen is not null;
        _around = wide && chosen is null ? new OpenSpans(pass.State, pass.Tracker, scope) : null;
    }

    /// <summary>The span that an event of a thread is charged to, null for none; false when the event does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(TracedThread thread, out SpanNode? span)
    {
        span = _isWide ? Around(thread) : SpanTracker.InnermostOf(thread);
        return span is not null || _chosen is null;
    }

    private SpanNode? Around(TracedThread thread) => _chosen is null ? _around!.Innermost(thread) : _chosen.Around(thread);
}
