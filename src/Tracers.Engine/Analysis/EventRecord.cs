using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>An event as it is handed out: its own bytes and references to immutable state; decoded when somebody asks.</summary>
internal sealed class EventRecord
{
    public required long Number { get; init; }

    public required byte[] Bytes { get; init; }

    public required EventLayout Layout { get; init; }

    public required ThreadIdentity Thread { get; init; }

    /// <summary>Null when the event has no descriptor, or one that is not known.</summary>
    public FdInfo? Fd { get; init; }

    /// <summary>−1 when the event has none.</summary>
    public long FdNumber { get; init; } = -1;

    /// <summary>Name of the descriptor; empty when it has none or is not known.</summary>
    public string FdName { get; init; } = "";

    /// <summary>What else its numbers stand for; null when nothing does.</summary>
    public NameReference[]? Names { get; init; }

    /// <summary>Whether the enter event of an exit is in the capture.</summary>
    public bool HasEnter { get; init; }

    /// <summary>Name of the thread; null when the capture does not say.</summary>
    public string? ProcessName => Thread.Name;

    /// <summary>First parameter of an exit.</summary>
    public long Result { get; init; }

    /// <summary>Nanoseconds in the call; −1 when not known.</summary>
    public long Latency { get; init; }

    /// <summary>What the event counts as when it moved bytes from one descriptor to another or message by message; null for every other event.</summary>
    public IoSide[]? Sides { get; init; }

    /// <summary>The user that the thread acted as, by name or number; null when not known.</summary>
    public string? User { get; init; }

    /// <summary>The container that the thread ran in, as far as the capture had told of it; null for a thread that it says nothing of.</summary>
    public ContainerInfo? Container { get; init; }

    /// <summary>The innermost open span around the event; null for none.</summary>
    public required SpanRef? Span { get; init; }

    /// <summary>Open spans around the event, innermost first.</summary>
    public SpanRef[] Spans => SpanRef.Chain(Span);

    /// <summary>Whether sysdig does not list it: what surrounds a marker, and what a recorder says of containers.</summary>
    public bool Hidden { get; init; }

    /// <summary>Null when the event is no marker.</summary>
    public MarkerRecord? Marker { get; init; }

    /// <summary>The marker, if a listing shows it as one; null for every other event and for a switch marker.</summary>
    public MarkerRecord? ListedMarker => Marker is { } marker && MarkerListing.IsListed(marker.Kind) ? marker : null;

    public RecordText Text => new(this);

    public EventInfo Info => EventTable.Infos[Layout.Type];

    public EventView View => new(Bytes, Layout);

    /// <summary>Its category; a marker that a listing shows as one is of none of those that calls have.</summary>
    public EventCategory Category =>
        ListedMarker is not null ? EventCategory.Other
        : GenericCall.Is(Layout.Type) ? EventCategories.OfCall(GenericCall.Id(View))
        : EventCategories.TryOfType(Layout.Type, out EventCategory category) ? category
        : EventCategories.Of(Fd?.Kind);

    public bool IsExit => (Layout.Type & 1) != 0;

    /// <summary>Whether it is the return of a call that reads or writes, and no marker nor a piece of one.</summary>
    public bool IsIo => IsExit && Marker is null && !Hidden && (Sides is { } sides ? sides.Length > 0 : (Info.Traits & EventTraits.Io) != 0);

    /// <summary>Bytes that it moved; null when it moves none, failed, or the file does not say.</summary>
    public long? MovedBytes => !IsIo || Result < 0 ? null : Sides is { } sides ? sides[^1].Result : Result;
}
