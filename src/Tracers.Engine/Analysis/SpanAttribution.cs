using System.Runtime.CompilerServices;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Says which span a call is charged to.</summary>
/// <param name="scope">Of the spans around a call those that count.</param>
internal sealed class SpanAttribution(SpanScope scope)
{
    // Not set where only threads count: then a thread says itself what its call lies in.
    private bool _isWide;
    private OpenSpans? _around;
    private SpanSelection? _chosen;

    /// <summary>Whether only calls in chosen spans count.</summary>
    public bool IsChosen => _chosen is not null;

    /// <summary>Whether nothing of the rest of the pass counts.</summary>
    public bool IsOver => _chosen is { IsOver: true };

    /// <summary>Begins a pass.</summary>
    /// <param name="pass">The pass, which has not run yet.</param>
    /// <param name="chosen">Only what lies in these spans counts, and is charged to the innermost of them; null for all.</param>
    /// <param name="isAsked">Whether anybody asks for the span of a call.</param>
    public void Attach(CapturePass pass, SpanSelection? chosen, bool isAsked)
    {
        _chosen = chosen;
        chosen?.Attach(pass.State, pass.Tracker);
        _around = chosen is null && isAsked && scope != SpanScope.Thread ? new OpenSpans(pass.State, pass.Tracker, scope) : null;
        _isWide = _around is not null || chosen is not null;
    }

    /// <summary>The span that a call of this thread is charged to now; null for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SpanNode? Around(TracedThread thread) => _isWide ? WidelyAround(thread) : SpanTracker.InnermostOf(thread);

    private SpanNode? WidelyAround(TracedThread thread) => _chosen is null ? _around!.Innermost(thread) : _chosen.Around(thread);
}
