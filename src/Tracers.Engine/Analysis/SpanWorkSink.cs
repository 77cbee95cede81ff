using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands out the spans that a query asks for, with what was done in them.</summary>
internal readonly struct SpanWorkSink(SpanQuery query, CapturePass pass, Action<SpanRecord> emit) : IPassSink
{
    private readonly SpanWorkAccounting _accounting = new(pass);

    public SinkWants Wants => SinkWants.Events | SinkWants.Io;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number) => _accounting.Event(in e, in outcome);

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) =>
        _accounting.Marker(in e, in outcome, marker.Kind == MarkerKind.Open ? span : null);

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number) => SpanWorkAccounting.Io(in outcome, traits);

    public void Span(SpanNode span)
    {
        TagTable tags = pass.Tracker.Tags;
        bool wanted = query.Wants(span, tags);
        SpanWork? work = _accounting.Take(span, wanted);
        if (wanted)
            emit(new SpanRecord(span, tags) { Work = work });
    }
}
