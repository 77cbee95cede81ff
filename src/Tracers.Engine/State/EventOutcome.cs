using System.Runtime.CompilerServices;
using Tracers.Engine.Events;

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

    /// <summary>The descriptor that an event works on, also of an enter event: its thread keeps that until the call returns. Null when it has none or it is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly FdInfo? OwnFd(scoped in EventView e) => e.IsExit ? Fd : Thread.Fds[OwnFdNumber(in e)];

    /// <summary>Number of <see cref="OwnFd"/>, −1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long OwnFdNumber(scoped in EventView e) => e.IsExit ? FdNumber : Thread.EnterType == e.Type ? Thread.EnterFd : -1;

    /// <summary>Whether the enter event of an exit is in the capture, right before it on its thread.</summary>
    public readonly bool HasEnter => Latency != UnknownLatency;

    /// <summary>Whether sysdig does not list it: what surrounds a marker, as the pass finds out where events are taken or counted, and what a recorder says of containers.</summary>
    public bool Hidden;
}
