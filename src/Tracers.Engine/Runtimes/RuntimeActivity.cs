namespace Tracers.Engine.Runtimes;

/// <summary>An activity (System.Diagnostics.Activity) that has begun.</summary>
internal sealed record RuntimeActivity
{
    /// <summary>Its id among all activities: W3C's span-id as a number; of an activity with another form of id, a hash of that. Not 0.</summary>
    public required ulong Id { get; init; }

    /// <summary>The same of the activity that it was begun in, which another process may have sent; 0 for none.</summary>
    public required ulong ParentId { get; init; }

    /// <summary>Whether that one is of another process, or was sent over a connection: then this one begins a tree of its own here.</summary>
    public bool HasRemoteParent { get; init; }

    /// <summary>W3C's trace-id, 32 hexadecimal digits; empty where it has none.</summary>
    public required string TraceId { get; init; }

    /// <summary>The name of its ActivitySource; empty where it was made without one.</summary>
    public required string Source { get; init; }

    /// <summary>Its operation name.</summary>
    public required string Name { get; init; }

    /// <summary>What the runtime calls its context from now on (<see cref="IRuntimeSink.ContextChanged"/>); the same value means other activities later.</summary>
    public required Guid Context { get; init; }
}
