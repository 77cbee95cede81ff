using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>Which spans are wanted; a null part asks nothing.</summary>
internal sealed record SpanQuery
{
    /// <summary>Nanoseconds; unfinished and orphaned spans have no duration and are left out.</summary>
    public long? MinDuration { get; init; }

    public Func<TagList, bool>? Tag { get; init; }

    public IReadOnlySet<long>? Ids { get; init; }

    public IReadOnlySet<SpanState>? States { get; init; }

    /// <summary>Whether they come with what was done in them.</summary>
    public bool WithWork { get; init; }

    /// <summary>Whether this one is, now that it has ended or the capture has.</summary>
    public bool Wants(SpanNode span, TagTable tags)
    {
        if (MinDuration is { } least && (span.State != SpanState.Finished || span.End - span.Start < least))
            return false;
        if (Ids is { } ids && !ids.Contains(span.Id))
            return false;
        if (Tag is { } matches && !matches(tags[span.Tags]))
            return false;
        return States is not { } states || states.Contains(span.State);
    }
}
