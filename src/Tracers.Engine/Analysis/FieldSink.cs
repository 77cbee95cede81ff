using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands out the values of some fields, of the events that a query asks for.</summary>
internal readonly struct FieldSink : IPassSink
{
    private readonly CapturePass _pass;
    private readonly EventFilter _filter;
    private readonly FieldReader[] _fields;
    private readonly Action<object?[]> _emit;

    public FieldSink(CapturePass pass, EventQuery query, FieldReader[] fields, Action<object?[]> emit)
    {
        _pass = pass;
        _filter = new EventFilter(pass, query);
        _fields = fields;
        _emit = emit;
        CaptureFilter.Prepare(pass, fields.Aggregate(FilterNeeds.None, static (needs, reader) => needs | reader.Needs));
    }

    public SinkWants Wants => SinkWants.Events;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (_filter.Accepts(in e, in outcome, number))
            Emit(new EventContext(in e, in outcome, number, _pass));
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if (_filter.AcceptsMarker(in e, in outcome, number, in marker, span))
            Emit(new EventContext(in e, in outcome, number, _pass, in marker, span));
        else
            _pass.StopRequested = _filter.Satisfied;
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
    }

    private void Emit(scoped in EventContext context)
    {
        // What lies behind the last event that is wanted is not read, and so not complained about.
        if (_filter.Satisfied)
            _pass.StopRequested = true;
        context.Event.CheckParameters();
        object?[] values = new object?[_fields.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = _fields[i].Value(in context);
        _emit(values);
    }
}
