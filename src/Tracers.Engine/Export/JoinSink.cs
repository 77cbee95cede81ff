using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>Hands a pass to a join.</summary>
internal readonly struct JoinSink(CaptureJoin join) : IPassSink
{
    public SinkWants Wants => SinkWants.Events | SinkWants.All;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number) => join.Take(in e, in outcome, EventBlockOptions.None);

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) =>
        join.Take(in e, in outcome, marker.Kind == MarkerKind.Switch ? EventBlockOptions.None : EventBlockOptions.Marker);

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
    }
}
