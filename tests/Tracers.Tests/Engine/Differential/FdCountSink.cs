using Tracers.Engine;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Counts distinct descriptors as sysdig's <c>fdcount_by</c> does: of all events, number and name glued together, neither 0 nor nameless ones.</summary>
internal readonly struct FdCountSink(bool onlyIo, Func<FdInfo, string?> key) : IPassSink
{
    private const int Connect = 23;
    private const long InProgress = -115;

    private readonly Dictionary<string, HashSet<string>> _fds = [];

    public List<KeyValuePair<string, long>> Rows => [.. _fds.Select(f => new KeyValuePair<string, long>(f.Key, f.Value.Count))];

    public SinkWants Wants => SinkWants.Events;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        FdInfo? fd = outcome.Fd;
        long fdNumber = outcome.FdNumber;
        EventTraits traits = EventKinds.Traits(EventKinds.ByType[e.Type]);
        if (onlyIo && (traits & EventTraits.Io) == 0)
            return;
        if (!e.IsExit && (traits & EventTraits.UsesFd) != 0)
        {
            fdNumber = outcome.Thread.EnterFd;
            fd = outcome.Thread.Fds[fdNumber];
        }

        // Of a duplicate sysdig counts the new descriptor.
        if (EventKinds.Rule(EventKinds.ByType[e.Type]) == StateRule.Duplicate && outcome.Result >= 0)
            fdNumber = outcome.Result;

        // For a call to connect that failed sysdig names the descriptor by where it was to lead.
        string name = fd is null ? "" : e.Type == Connect && outcome.Result < 0 && outcome.Result != InProgress ? Convert.ToHexString(e.Parameter(1)) : fd.NameText;
        if (fd is null || fdNumber <= 0 || name.Length == 0 || key(fd) is not { } value)
            return;
        if (!_fds.TryGetValue(value, out HashSet<string>? known))
            _fds.Add(value, known = []);
        known.Add($"{fdNumber}{name}");
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
    }
}
