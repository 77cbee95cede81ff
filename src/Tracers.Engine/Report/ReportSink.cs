using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Report;

/// <summary>Hands what happens to all that a report collects beside spans.</summary>
internal readonly struct ReportSink(ReportWork work) : IPassSink
{
    private readonly IoAccounting _io = work.Io;
    private readonly IoAccounting _ioByTime = work.IoByTime;
    private readonly CallAccounting _callsByTime = work.CallsByTime;
    private readonly ReportCalls _calls = work.Calls;

    public SinkWants Wants => SinkWants.Events | SinkWants.Io;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        _callsByTime.Add(in e, in outcome, number);
        _calls.Add(in e, in outcome);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        // As where calls are counted: a marker is none, but for one that a listing shows as the write that it is.
        if (!MarkerListing.IsListed(marker.Kind))
            _callsByTime.Add(in e, in outcome, number);
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        _io.Add(in e, in outcome, traits, number);
        _ioByTime.Add(in e, in outcome, traits, number);
    }

    public void Span(SpanNode span)
    {
    }
}
