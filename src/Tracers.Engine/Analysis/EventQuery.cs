namespace Tracers.Engine.Analysis;

/// <summary>Which events are wanted; a null part asks nothing.</summary>
internal sealed record EventQuery
{
    /// <summary>Of the event's name; a marker's is <c>tracer</c>.</summary>
    public Func<string, bool>? Type { get; init; }

    public Func<string, bool>? ProcessName { get; init; }

    public IReadOnlySet<int>? ProcessIds { get; init; }

    public IReadOnlySet<int>? ThreadIds { get; init; }

    /// <summary>At most so many.</summary>
    public long? First { get; init; }

    /// <summary>Also events that describe the capture and not the machine: process and container information and the like.</summary>
    public bool IncludeHidden { get; init; }
}
