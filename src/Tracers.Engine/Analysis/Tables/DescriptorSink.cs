using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>Sums up what is done with descriptors until a moment.</summary>
internal readonly struct DescriptorSink(DescriptorTable table, MachineMoment moment) : IPassSink
{
    public SinkWants Wants => SinkWants.Events | SinkWants.Io | SinkWants.UntilMoment;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (!outcome.Hidden)
            table.Add(in e, in outcome, moment.Counts(e.Timestamp));
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        if (moment.Counts(e.Timestamp))
            table.AddIo(in e, in outcome, (traits & EventTraits.Reads) != 0);
    }

    public void Span(SpanNode span)
    {
    }
}
