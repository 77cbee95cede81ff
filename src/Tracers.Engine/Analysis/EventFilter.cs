using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Tells for one event after another whether a query asks for it, before anything is made of it.</summary>
internal sealed class EventFilter
{
    private readonly CapturePass _pass;
    private readonly EventQuery _query;
    private readonly Func<string, bool>? _processName;
    private readonly SpanSelection? _spans;

    // One answer for each event number, made when the first of them comes.
    private readonly Answer[] _byType = new Answer[EventTable.Infos.Length];

    // The same for the calls that share two event numbers.
    private readonly Answer[] _byCall = new Answer[SyscallTable.Count];

    // The answers for names of processes by their numbers: a name is matched once.
    private Answer[] _byName = [];
    private readonly bool _wantsMarkers;
    private readonly uint _categories;
    private long _after = long.MinValue;
    private long _before = long.MaxValue;
    private bool _bounded;
    private long _skip;
    private long _left;

    /// <param name="pass">The pass that the events come from; it has not run yet.</param>
    /// <param name="query">Which are wanted.</param>
    public EventFilter(CapturePass pass, EventQuery query)
    {
        _pass = pass;
        _query = query;
        if (query.Filter is { } filter)
            CaptureFilter.Prepare(pass, filter.Needs);
        _spans = query.Spans;
        _spans?.Attach(pass.State, pass.Tracker);
        _processName = query.ProcessName;
        _categories = query.Categories is null ? uint.MaxValue : query.Categories.Aggregate(0u, static (mask, c) => mask | Bit(c));
        _wantsMarkers = (query.Type is null || query.Type(MarkerListing.Type)) && Wants(EventCategory.Other);
        _bounded = query.After is null && query.Before is null;
        _skip = query.Skip;
        _left = query.First ?? long.MaxValue;
    }

    /// <summary>Whether no further event is wanted.</summary>
    /// <remarks>
    /// Only <see cref="EventQuery.First"/> and the end of all chosen spans make it so. That an event is late does not: the events of several cpus are merged with
    /// small inversions, the clock can be set back while a capture is made, and a file of several captures need not be in order.
    /// </remarks>
    public bool Satisfied => _left == 0 || _spans is { IsOver: true };

    /// <summary>Whether a listing leaves out all events of a type.</summary>
    public static bool IsHidden(EventInfo info) => info.Category == EventInfo.InternalCategory || (info.Traits & EventTraits.Unused) != 0;

    /// <summary>Whether an event that is no marker is wanted.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="number">Its number in the file.</param>
    public bool Accepts(scoped in EventView e, scoped in EventOutcome outcome, long number) =>
        (_spans is null || _spans.Around(outcome.Thread) is not null) && AcceptsInside(in e, in outcome, number);

    [MethodImpl(HotPath.Compile)]
    private bool AcceptsInside(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (outcome.Hidden && !_query.IncludeHidden)
            return false;
        Answer answer = _byType[e.Type];
        if (answer == Answer.NotAsked)
            answer = _byType[e.Type] = AnswerFor(e.Type);
        if (answer == Answer.ByCall)
            answer = AnswerForCall(GenericCall.Id(in e));
        if (answer == Answer.No || (answer == Answer.ByFd && !Wants(EventCategories.Of(in e, in outcome))))
            return false;
        return AcceptsWhenAndWho(e.Timestamp, outcome.Thread.Identity)
            && (_query.Filter is not { } filter || filter.Accepts(in e, in outcome, number, _pass))
            && TakesNext();
    }

    /// <summary>Whether a write that holds a marker is wanted: as a marker, if a listing shows it as such.</summary>
    /// <param name="e">The write.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="number">Its number in the file.</param>
    /// <param name="marker">What was written.</param>
    /// <param name="span">The span that it began or ended.</param>
    public bool AcceptsMarker(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if (_spans is { AroundMarker: null })
            return false;
        if (!MarkerListing.IsListed(marker.Kind))
            return AcceptsInside(in e, in outcome, number);
        return _wantsMarkers
            && AcceptsWhenAndWho(e.Timestamp, outcome.Thread.Identity)
            && (_query.Filter is not { } filter || filter.AcceptsMarker(in e, in outcome, number, _pass, in marker, span))
            && TakesNext();
    }

    /// <summary>Whether the marker is wanted that has begun one of the chosen spans: it does not lie in it, but it is of it.</summary>
    /// <inheritdoc cref="AcceptsMarker"/>
    public bool AcceptsBeginning(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode span) =>
        _wantsMarkers && _spans is not null && _spans.Contains(span)
        && AcceptsWhenAndWho(e.Timestamp, outcome.Thread.Identity)
        && (_query.Filter is not { } filter || filter.AcceptsMarker(in e, in outcome, number, _pass, in marker, span))
        && TakesNext();

    private bool AcceptsWhenAndWho(long time, ThreadIdentity thread)
    {
        if (!_bounded)
            Bound(_pass.FirstTimestamp, time);
        if (time < _after || time >= _before)
            return false;
        if (_query.ThreadIds is { } tids && !tids.Contains(thread.Tid))
            return false;
        if (_query.ProcessIds is { } pids && !pids.Contains(thread.Pid))
            return false;
        return _processName is null || AcceptsName(thread);
    }

    private bool TakesNext()
    {
        if (_skip > 0)
        {
            _skip--;
            return false;
        }

        _left--;
        return true;
    }

    private void Bound(long first, long time)
    {
        // What the recorder put before the first event has itself for its beginning: so ranges that touch have it once too.
        long origin = first != 0 ? first : time;
        _after = _query.After?.At(origin, TimeZoneInfo.Local) ?? long.MinValue;
        _before = _query.Before?.At(origin, TimeZoneInfo.Local) ?? long.MaxValue;
        _bounded = first != 0;
    }

    private bool AcceptsName(ThreadIdentity thread)
    {
        if (thread.Name is null)
            return false;
        if (thread.NameId < 0)
            return _processName!(thread.Name);
        if (thread.NameId >= _byName.Length)
            Array.Resize(ref _byName, Math.Max(thread.NameId + 1, _byName.Length * 2));
        ref Answer answer = ref _byName[thread.NameId];
        if (answer == Answer.NotAsked)
            answer = _processName!(thread.Name) ? Answer.Yes : Answer.No;
        return answer == Answer.Yes;
    }

    private Answer AnswerFor(int type)
    {
        EventInfo info = EventTable.Infos[type];
        if (IsHidden(info) && !_query.IncludeHidden)
            return Answer.No;
        if (GenericCall.Is(type))
            return _query.Type is null && _query.Categories is null ? Answer.Yes : Answer.ByCall;
        if (_query.Type?.Invoke(info.Name) == false)
            return Answer.No;
        return !EventCategories.TryOfType(type, out EventCategory category) ? _query.Categories is null ? Answer.Yes : Answer.ByFd
            : Wants(category) ? Answer.Yes
            : Answer.No;
    }

    private Answer AnswerForCall(int id)
    {
        ref Answer answer = ref _byCall[id];
        if (answer == Answer.NotAsked)
            answer = _query.Type?.Invoke(GenericCall.Name(id)) != false && Wants(EventCategories.OfCall(id)) ? Answer.Yes : Answer.No;
        return answer;
    }

    private bool Wants(EventCategory category) => (_categories & Bit(category)) != 0;

    private static uint Bit(EventCategory category) => 1u << (int)category;

    private enum Answer : byte
    {
        NotAsked,
        No,
        Yes,
        ByFd,
        ByCall,
    }
}
