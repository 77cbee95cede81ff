using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Spectrogram;

/// <summary>Counts spans by when they ended and how long they took. No object is made of a span.</summary>
internal readonly struct DurationSink(SpectrogramGrid grid, TagTable tags) : IPassSink
{
    public SinkWants Wants => SinkWants.Spans;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
        if (grid.Query.Spans.Wants(span, tags))
            grid.Add(span);
    }
}
