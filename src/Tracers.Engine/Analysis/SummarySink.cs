using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Counts events and spans: for a pass whose statistics are the answer.</summary>
internal readonly struct SummarySink(CaptureStatistics statistics) : IPassSink
{
    private readonly EventCounts _counts = statistics.Counts;

    public static bool TakesEvents => true;

    public static bool TakesIo => false;

    [MethodImpl(HotPath.Compile)]
    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number) =>
        _counts.Add(e.Type, EventCategories.Of(in e, in outcome));

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker)
    {
        // To a listing the switch marker is the write that it was made with.
        if (marker.Kind == MarkerKind.Switch)
            Event(in e, in outcome, number);
        else
            _counts.Markers++;
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits)
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
