using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters;

/// <summary>An event as fields see it: just after it was applied to the state.</summary>
internal readonly ref struct EventContext
{
    /// <summary>The event as it stands in the capture; of a marker the write.</summary>
    public readonly EventView Event;

    /// <summary>What the state knows of it.</summary>
    public readonly ref readonly EventOutcome Outcome;

    /// <summary>Its number in the file, from 1.</summary>
    public readonly long Number;

    /// <summary>Whether a listing shows it as a marker, <c>tracer</c>: it has neither descriptor nor parameters then.</summary>
    public readonly bool IsMarker;

    /// <summary>The span that a marker began or ended, an orphan with the start −1; null for every other event.</summary>
    public readonly SpanNode? Span;

    /// <summary>Where state, open spans and times stand.</summary>
    public readonly CapturePass Pass;

    // The marker, by a reference that is typed only where it is asked for: the language has no references to structs like this in fields, and a
    // copy would have to be cleared for every event that is no marker.
    private readonly ref readonly byte _marker;

    public EventContext(scoped in EventView e, in EventOutcome outcome, long number, CapturePass pass)
    {
        Event = e;
        Outcome = ref outcome;
        Number = number;
        Pass = pass;
    }

    public EventContext(scoped in EventView e, in EventOutcome outcome, long number, CapturePass pass, in Marker marker, SpanNode? span)
        : this(in e, in outcome, number, pass)
    {
        _marker = ref Unsafe.As<Marker, byte>(ref Unsafe.AsRef(in marker));
        IsMarker = marker.Kind != MarkerKind.Switch;
        Span = span;
    }

    /// <summary>The marker; only where <see cref="IsMarker"/> says so.</summary>
    public ref readonly Marker Marker => ref Unsafe.As<byte, Marker>(ref Unsafe.AsRef(in _marker));

    public EventInfo Info => EventTable.Infos[Event.Type];

    public TracedThread Thread => Outcome.Thread;

    /// <summary>The descriptor that the call works on; null when it has none, it is not known, or for a marker.</summary>
    public FdInfo? Fd => IsMarker ? null : Outcome.OwnFd(in Event);

    /// <summary>Its number, −1 when there is none.</summary>
    public long FdNumber => IsMarker ? -1 : Outcome.OwnFdNumber(in Event);

    /// <summary>Whether it leaves a call, or ends a span.</summary>
    public bool IsExit => IsMarker ? Marker.Kind == MarkerKind.Close : Event.IsExit;
}
