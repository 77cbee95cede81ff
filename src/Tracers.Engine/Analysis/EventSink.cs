using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands out the events that a query asks for.</summary>
internal struct EventSink : IPassSink
{
    private const string InternalCategory = "internal";

    private readonly CapturePass _pass;
    private readonly EventQuery _query;
    private readonly Action<EventRecord> _emit;

    // One answer for each event number: the query's test of its name, and whether it is hidden.
    private readonly bool?[] _wanted;
    private readonly bool _wantsMarkers;
    private long _emitted;

    public EventSink(CapturePass pass, EventQuery query, Action<EventRecord> emit)
    {
        _pass = pass;
        _query = query;
        _emit = emit;
        _wanted = new bool?[EventTable.Infos.Length];
        _wantsMarkers = query.Type is null || query.Type("tracer");
        _emitted = 0;
    }

    public static bool TakesEvents => true;

    public static bool TakesIo => false;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (outcome.Hidden && !_query.IncludeHidden)
            return;
        if ((_wanted[e.Type] ??= IsWanted(e.Type)) && Accepts(in outcome))
            Emit(in e, in outcome, number, null);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker)
    {
        // A reader that does not know the switch marker sees a write, and so does the listing.
        bool wanted = marker.Kind == MarkerKind.Switch ? _wanted[e.Type] ??= IsWanted(e.Type) : _wantsMarkers;
        if (!wanted || !Accepts(in outcome))
            return;
        TagTable tags = _pass.Tracker.Tags;
        Emit(in e, in outcome, number, new MarkerRecord(marker.Kind, marker.Id, tags[tags.Intern(marker.Tags)], MarkerText.SplitArguments(marker.Arguments)));
    }

    public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits)
    {
    }

    public readonly void Span(SpanNode span)
    {
    }

    private bool Accepts(in EventOutcome outcome)
    {
        ThreadIdentity thread = outcome.Thread.Identity;
        if (_query.ThreadIds is { } tids && !tids.Contains(thread.Tid))
            return false;
        if (_query.ProcessIds is { } pids && !pids.Contains(thread.Pid))
            return false;
        if (_query.ProcessName is { } matches && (thread.Name is null || !matches(thread.Name)))
            return false;

        // What lies behind the last event that is wanted is not read, and so not complained about.
        if (++_emitted == _query.First)
            _pass.StopRequested = true;
        return true;
    }

    private readonly void Emit(scoped in EventView e, in EventOutcome outcome, long number, MarkerRecord? marker)
    {
        e.CheckParameters();
        FdInfo? fd = outcome.Fd;
        long fdNumber = outcome.FdNumber;
        if (!e.IsExit && outcome.Thread.EnterType == e.Type && outcome.Thread.EnterFd >= 0)
        {
            fdNumber = outcome.Thread.EnterFd;
            fd = outcome.Thread.Fds[fdNumber];
        }

        _emit(new EventRecord
        {
            Number = number,
            Bytes = e.Bytes.ToArray(),
            Layout = e.Layout,
            Thread = outcome.Thread.Identity,
            Fd = fd,
            FdNumber = fdNumber,
            FdName = fd is null ? "" : _pass.State.Fds.Names.Text(fd.NameId),
            Result = outcome.Result,
            Latency = outcome.Latency,
            Spans = _pass.Tracker.OpenSpansOf(outcome.Thread),
            Marker = marker,
        });
    }

    private readonly bool IsWanted(int type)
    {
        EventInfo info = EventTable.Infos[type];
        bool hidden = info.Category == InternalCategory || info.Name == "container" || (info.Traits & EventTraits.Unused) != 0;
        return (!hidden || _query.IncludeHidden) && (_query.Type is null || _query.Type(info.Name));
    }
}
