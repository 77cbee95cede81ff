using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands out the spans that a query asks for.</summary>
internal readonly struct SpanSink : IPassSink
{
    private readonly SpanFilter _filter;
    private readonly TagTable _tags;
    private readonly Action<SpanRecord> _emit;

    public SpanSink(SpanQuery query, TagTable tags, Action<SpanRecord> emit)
    {
        _filter = new SpanFilter(query);
        _filter.Attach(tags);
        _tags = tags;
        _emit = emit;
    }

    public static bool TakesEvents => false;

    public static bool TakesIo => false;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
        if (_filter.Accepts(span))
            _emit(new SpanRecord(span, _tags));
    }
}
