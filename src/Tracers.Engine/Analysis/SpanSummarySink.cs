using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Sums spans.</summary>
internal readonly struct SpanSummarySink(SpanSummary summary) : IPassSink
{
    public SinkWants Wants => SinkWants.Spans;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span) => summary.Add(span);
}
