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
}
