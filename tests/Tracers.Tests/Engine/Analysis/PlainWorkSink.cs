using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>Asks the accounting and the plain one the same.</summary>
internal readonly struct PlainWorkSink(CapturePass pass, PlainWork plain, Action<SpanRecord> emit) : IPassSink
{
    private readonly SpanWorkSink _sink = new(new SpanQuery { WithWork = true }, pass, emit);

    public SinkWants Wants => SinkWants.Events | SinkWants.Io;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        _sink.Event(in e, in outcome, number);
        plain.Event(in e, in outcome);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        _sink.MarkerEvent(in e, in outcome, number, in marker, span);
        plain.Marker(in e, in outcome, marker.Kind == MarkerKind.Open ? span : null);
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        _sink.Io(in e, in outcome, traits, number);
        plain.Io(in outcome, (traits & EventTraits.Reads) != 0);
    }

    public void Span(SpanNode span)
    {
        plain.Ended(span, span.End == 0 ? pass.LastTimestamp : span.End);
        _sink.Span(span);
    }
}
