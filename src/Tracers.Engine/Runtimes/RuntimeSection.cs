namespace Tracers.Engine.Runtimes;

/// <summary>A stretch of time that is no activity: a pause of the garbage collector, a wait for a lock, a pair of Start and Stop of an EventSource.</summary>
internal sealed record RuntimeSection
{
    /// <summary>Its number among all sections of the trace, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Its tag: <c>gc.pause</c>, <c>contention</c>, <c>provider.task</c>; a dot parts tags.</summary>
    public required string Tag { get; init; }

    /// <summary>Whether its thread does nothing else until it ends: it stands, as in a pause or a wait for a lock.</summary>
    public bool HoldsThread { get; init; }

    /// <summary>What else there is to say of it.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; }
}
