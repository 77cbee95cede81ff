using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands out the spans that a query asks for.</summary>
internal struct SpanSink(SpanQuery query, TagTable tags, Action<SpanRecord> emit) : IPassSink
{
    public SinkWants Wants => SinkWants.Spans;

    public readonly void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
    }

    public readonly void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public readonly void Span(SpanNode span)
    {
        if (query.Wants(span, tags))
            emit(new SpanRecord(span, tags));
    }
}
