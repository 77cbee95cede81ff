using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>Sums up what is done with descriptors until a moment.</summary>
internal readonly struct DescriptorSink(DescriptorTable table, MachineMoment moment) : IPassSink
{
    public static bool TakesEvents => true;

    public static bool TakesIo => true;

    public static bool EndsAtMoment => true;

    public bool IsComplete => moment.IsPassed;

    public bool IsWanted(long time, long first) => moment.Precedes(time, first);

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
