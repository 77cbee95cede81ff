using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands out the events that a query asks for.</summary>
internal readonly struct EventSink : IPassSink
{
    private readonly CapturePass _pass;
    private readonly EventFilter _filter;
    private readonly Action<EventRecord> _emit;

    public EventSink(CapturePass pass, EventQuery query, Action<EventRecord> emit)
    {
        _pass = pass;
        _filter = new EventFilter(pass, query);
        _emit = emit;
    }

    public SinkWants Wants => SinkWants.Events;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (_filter.Accepts(in e, in outcome, number))
            Emit(in e, in outcome, number, null);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if (!_filter.AcceptsMarker(in e, in outcome, number, in marker, span))
        {
            _pass.StopRequested = _filter.Satisfied;
            return;
        }

        TagTable tags = _pass.Tracker.Tags;
        Emit(in e, in outcome, number, new MarkerRecord(marker.Kind, marker.Id, tags[tags.Intern(marker.Tags)], MarkerText.SplitArguments(marker.Arguments)));
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
    }

    private void Emit(scoped in EventView e, in EventOutcome outcome, long number, MarkerRecord? marker)
    {
        // What lies behind the last event that is wanted is not read, and so not complained about.
        if (_filter.Satisfied)
            _pass.StopRequested = true;
        e.CheckParameters();
        FdInfo? fd = outcome.OwnFd(in e);
        long fdNumber = outcome.OwnFdNumber(in e);
        LiveNames names = new(_pass.State, in outcome);
        _emit(new EventRecord
        {
            Number = number,
            Bytes = e.Bytes.ToArray(),
            Layout = e.Layout,
            Thread = outcome.Thread.Identity,
            Fd = fd,
            FdNumber = fdNumber,
            FdName = fd is null ? "" : fd.NameText,
            Names = marker is null ? RecordedNames.Collect(in e, in names, fd is null ? -1 : fdNumber) : null,
            HasEnter = outcome.HasEnter,
            Result = outcome.Result,
            Latency = outcome.Latency,
            Sides = e.IsExit && (EventKinds.ByType[e.Type] & EventKinds.Transfer) != 0 ? _pass.State.Sides.ToArray() : null,
            User = _pass.State.Users.Label(outcome.Thread.Identity.Details.Uid),
            Container = _pass.State.ContainerOf(outcome.Thread.Identity),
            Span = _pass.Tracker.OpenSpansOf(outcome.Thread),
            Hidden = outcome.Hidden,
            Marker = marker,
        });
    }
}
