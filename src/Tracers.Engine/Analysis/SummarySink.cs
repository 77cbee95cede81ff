using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Counts spans, and the events that a listing shows: for a pass whose statistics are the answer.</summary>
internal readonly struct SummarySink(CaptureStatistics statistics) : IPassSink
{
    private readonly EventCounts _counts = statistics.Counts;

    public SinkWants Wants => SinkWants.Events;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (!outcome.Hidden)
            _counts.Add(in e, in outcome);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if (MarkerListing.IsListed(marker.Kind))
            _counts.Markers++;
        else
            Event(in e, in outcome, number);
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
