using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Counts spans, and has the events that a listing shows counted: for a pass whose statistics are the answer.</summary>
internal readonly struct SummarySink(CaptureStatistics statistics) : IPassSink
{
    public SinkWants Wants => SinkWants.Counts;

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
        if (span.Start < 0)
            statistics.OrphanSpans++;
        else if (span.End == 0)
            statistics.UnfinishedSpans++;
        else
            statistics.FinishedSpans++;
    }
}
