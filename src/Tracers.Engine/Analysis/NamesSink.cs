using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Collects the names in a capture.</summary>
internal struct NamesSink(CaptureNames names, TagTable tags) : IPassSink
{
    private ThreadIdentity? _last;
    private EventSum? _sum;

    public SinkWants Wants => SinkWants.Events;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        // Events of one thread come in runs.
        if (outcome.Thread.Identity != _last)
        {
            _last = outcome.Thread.Identity;
            _sum = names.Of(_last);
        }

        if (_sum is not null)
            _sum.Count++;
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) =>
        Event(in e, in outcome, number);

    public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public readonly void Span(SpanNode span) => names.Add(span, tags);
}
