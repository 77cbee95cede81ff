using Tracers.Engine.Filters;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Which events are wanted; a null part asks nothing.</summary>
internal sealed record EventQuery
{
    private static readonly EventQuery s_all = new();

    /// <summary>Of the event's name; a marker's is <c>tracer</c>.</summary>
    public Func<string, bool>? Type { get; init; }

    public IReadOnlySet<EventCategory>? Categories { get; init; }

    public Func<string, bool>? ProcessName { get; init; }

    public IReadOnlySet<int>? ProcessIds { get; init; }

    public IReadOnlySet<int>? ThreadIds { get; init; }

    /// <summary>Inside these spans, which are of the one capture that is read.</summary>
    public SpanSelection? Spans { get; init; }

    /// <summary>Of the whole event, in sysdig's language.</summary>
    public CaptureFilter? Filter { get; init; }

    /// <summary>Not before this moment.</summary>
    public TimeBound? After { get; init; }

    /// <summary>Before this moment, so that ranges which touch have no event in common.</summary>
    public TimeBound? Before { get; init; }

    /// <summary>Not so many of the first that are all of that.</summary>
    public long Skip { get; init; }

    /// <summary>At most so many, after those that are skipped.</summary>
    public long? First { get; init; }

    /// <summary>Also events that describe the capture and not the machine: process and container information and the like; and what surrounds markers.</summary>
    public bool IncludeHidden { get; init; }

    /// <summary>Whether nothing is asked, so that all events are wanted.</summary>
    public bool SelectsAll => this with { IncludeHidden = false } == s_all;
}
