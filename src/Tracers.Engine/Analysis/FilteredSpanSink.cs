using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>A sink that hands out spans, of those that a filter is true of.</summary>
/// <typeparam name="TSink">The sink; it gives its spans to <see cref="SpanFilter.Hold"/>.</typeparam>
internal readonly struct FilteredSpanSink<TSink>(TSink sink, SpanFilter filter) : IPassSink
    where TSink : struct, IPassSink
{
    public static bool TakesEvents => true;

    public static bool TakesIo => TSink.TakesIo;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (TSink.TakesEvents)
            sink.Event(in e, in outcome, number);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if (TSink.TakesEvents)
            sink.MarkerEvent(in e, in outcome, number, in marker, span);
        filter.Marker(in e, in outcome, number, in marker, span);
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        if (TSink.TakesIo)
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
