namespace Tracers.Engine.State;

/// <summary>What the state knows of one event after it was applied.</summary>
internal struct EventOutcome
{
    /// <summary>Marks a latency that is not known: the enter event was not recorded.</summary>
    public const long UnknownLatency = -1;

    /// <summary>The thread, as it was while the event happened.</summary>
    public TracedThread Thread;

    /// <summary>The descriptor that the call works on; null when it has none or it is not known.</summary>
    public FdInfo? Fd;

    /// <summary>Number of that descriptor, −1 when there is none.</summary>
    public long FdNumber;

    /// <summary>First parameter of an exit: bytes, a new descriptor, or the negative error number.</summary>
    public long Result;

    /// <summary>Nanoseconds in the call, <see cref="UnknownLatency"/> when not known.</summary>
    public long Latency;

    /// <summary>Whether the enter event of an exit is in the capture, right before it on its thread.</summary>
    public readonly bool HasEnter => Latency != UnknownLatency;

    /// <summary>Whether sysdig does not list it: what surrounds a marker, as the pass finds out for sinks that take events, and what a recorder says of containers.</summary>
    public bool Hidden;
}
