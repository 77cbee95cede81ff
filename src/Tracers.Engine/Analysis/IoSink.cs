using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Sums I/O.</summary>
internal struct IoSink(IoAccounting accounting, CapturePass pass) : IPassSink
{
    public SinkWants Wants => SinkWants.Io;

    public readonly void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
    }

    public readonly void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number) => accounting.Add(in e, in outcome, traits, number);

    public readonly void Span(SpanNode span)
    {
        if (accounting.IsOver)
            pass.StopRequested = true;
    }
}
