using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands out the spans that a query asks for.</summary>
internal struct SpanSink(SpanQuery query, TagTable tags, Action<SpanRecord> emit) : IPassSink
{
    public static bool TakesEvents => false;

    public static bool TakesIo => false;

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
        if (query.MinDuration is { } least && (span.Start < 0 || span.End == 0 || span.End - span.Start < least))
            return;
        if (query.Ids is { } ids && !ids.Contains(span.Id))
            return;
        if (query.Tag is { } matches && !matches(tags[span.Tags]))
            return;
        SpanRecord record = new(span, tags);
        if (query.States is { } states && !states.Contains(record.State))
            return;
        emit(record);
    }
}
