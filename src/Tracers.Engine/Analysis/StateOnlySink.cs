using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Takes nothing: for a pass whose statistics and final state are the answer.</summary>
internal struct StateOnlySink : IPassSink
{
    public static bool TakesEvents => false;

    public static bool TakesIo => false;

    public readonly void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
    }

    public readonly void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker)
    {
    }

    public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits)
    {
    }

    public readonly void Span(SpanNode span)
    {
    }
}
