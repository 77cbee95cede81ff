using Tracers.Engine.Filters;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>Which spans are wanted; a null part asks nothing.</summary>
internal sealed record SpanQuery
{
    /// <summary>Nanoseconds; unfinished and orphaned spans have no duration and are left out.</summary>
    public long? MinDuration { get; init; }

    /// <summary>Of the marker that closed a span, in sysdig's language; of a span that is still open, of the marker that opened it.</summary>
    public CaptureFilter? Filter { get; init; }

    public Func<TagList, bool>? Tag { get; init; }

    public IReadOnlySet<long>? Ids { get; init; }

    public IReadOnlySet<SpanState>? States { get; init; }

    /// <summary>Only the spans of these traces, see <see cref="SpanRecord.RootSequence"/>.</summary>
    public IReadOnlySet<long>? Roots { get; init; }

    /// <summary>Only spans without a parent.</summary>
    public bool OnlyRoots { get; init; }

    /// <summary>Whether they come with what was done in them.</summary>
    public bool WithWork { get; init; }

    /// <summary>Whether this one is, now that it has ended or the capture has.</summary>
    public bool Wants(SpanNode span, TagTable tags) =>
        Wants(span.State, span.Id, span.End - span.Start, span.RootSequence, span.ParentSequence) && (Tag is not { } matches || matches(tags[span.Tags]));

    /// <summary>Whether one is that was handed out.</summary>
    public bool Wants(SpanRecord span) =>
        Wants(span.State, span.Id, span.Duration, span.RootSequence, span.ParentSequence) && (Tag is not { } matches || matches(span.Tags));

    private bool Wants(SpanState state, long id, long duration, long root, long parent) =>
        (MinDuration is not { } least || (state == SpanState.Finished && duration >= least))
        && (Ids is not { } ids || ids.Contains(id))
        && (Roots is not { } roots || roots.Contains(root))
        && (!OnlyRoots || parent == 0)
        && (States is not { } states || states.Contains(state));
}
