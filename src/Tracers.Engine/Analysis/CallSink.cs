using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Counts calls. A marker is none, but for what a listing does not know as one: it is a word about the others.</summary>
internal readonly struct CallSink(CallAccounting accounting, CapturePass pass) : IPassSink
{
    public SinkWants Wants => SinkWants.Events;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number) => accounting.Add(in e, in outcome, number);

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        // A listing shows it as the write that it is, and its beginning has counted already.
        if (!MarkerListing.IsListed(marker.Kind))
            accounting.Add(in e, in outcome, number);
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
        if (accounting.IsOver)
            pass.StopRequested = true;
    }
}
