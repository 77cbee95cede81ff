using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Has counted what a capture holds, and hands out spans on the way.</summary>
internal readonly struct SummarySpanSink(SummarySink summary, SpanSink spans) : IPassSink
{
    public SinkWants Wants => summary.Wants;

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
        summary.Span(span);
        spans.Span(span);
    }
}
