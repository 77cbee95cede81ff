using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>A sink that hands out spans, of those that a filter is true of.</summary>
/// <typeparam name="TSink">The sink; it gives its spans to <see cref="SpanFilter.Hold"/>.</typeparam>
internal readonly struct FilteredSpanSink<TSink>(TSink sink, SpanFilter filter) : IPassSink
    where TSink : struct, IPassSink
{
    public SinkWants Wants => SinkWants.Events | (sink.Wants & (SinkWants.Io | SinkWants.Counts));

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if ((sink.Wants & SinkWants.Events) != 0)
            sink.Event(in e, in outcome, number);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if ((sink.Wants & SinkWants.Events) != 0)
            sink.MarkerEvent(in e, in outcome, number, in marker, span);
        filter.Marker(in e, in outcome, number, in marker, span);
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        if ((sink.Wants & SinkWants.Io) != 0)
            sink.Io(in e, in outcome, traits, number);
    }

    public void Span(SpanNode span)
    {
        filter.End(span);
        sink.Span(span);
        if (span.End == 0)
            filter.Flush();
    }
}
