using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Sums the calls that sysdig 0.29.3 counts too: not those that move bytes between two descriptors, nor those of several messages.</summary>
internal readonly struct SysdigCallsSink(params IReadOnlyList<IoAccounting> accountings) : IPassSink
{
    public SinkWants Wants => SinkWants.Io;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        if ((EventKinds.ByType[e.Type] & EventKinds.Transfer) != 0)
            return;
        foreach (IoAccounting accounting in accountings)
            accounting.Add(in e, in outcome, traits, number);
    }

    public void Span(SpanNode span)
    {
    }
}
