using Tracers.Engine.Events;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux;

/// <summary>Between the shaper and the file of a capture that listens to .NET processes: events wait here for what the runtimes say.</summary>
internal sealed class RuntimeRecording : IDisposable
{
    // Memory for what waits; a machine that makes more in the time writes what it has.
    private const long MostHeld = 512 << 20;

    private readonly CaptureState _state;
    private readonly RuntimeListeners _listeners;
    private readonly EventTimeline _timeline;
    private readonly MarkedRequests _marked;
    private readonly uint[] _kinds = EventKinds.ByType;

    // The descriptor of the call that each thread is in, where it moves bytes.
    private readonly Dictionary<int, long> _callFds = [];
    private long _clockOffset;

    /// <summary>Begins to listen.</summary>
    /// <param name="options">To whom.</param>
    /// <param name="state">What the recorder knows of the machine.</param>
    /// <param name="output">The recorder's file.</param>
    /// <exception cref="RuntimeAccessException">It cannot.</exception>
    public RuntimeRecording(RuntimeOptions options, CaptureState state, ITimelineOutput output)
    {
        _state = state;
        _timeline = new EventTimeline(output);
        _marked = new MarkedRequests(_timeline.Requests);
        Stage = new CaptureWriter(Stream.Null);
        Stage.WriteSectionHeader();
        try
        {
            _listeners = RuntimeListeners.Start(options, _timeline);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the shaper forms events.</summary>
    public CaptureWriter Stage { get; }

    /// <summary>Bytes that the events which wait will have in a file.</summary>
    public long HeldBytes => _timeline.HeldBytes;

    /// <summary>When the first event was that waits, CLOCK_MONOTONIC in ns; null where none does.</summary>
    public ulong? WaitsFrom => (ulong?)_timeline.WaitsFrom;

    /// <summary>When the last event was, CLOCK_MONOTONIC in ns.</summary>
    public ulong LastTime => (ulong)_timeline.LastTime;

    /// <summary>Spans that were made of what runtimes said and have ended.</summary>
    public long Spans => _timeline.Spans;

    /// <summary>What there is to know that went wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _timeline.LateMarks == 0 ? _listeners.Problems :
    [
        .. _listeners.Problems,
        $"What .NET processes said of {_timeline.LateMarks} moments came too late: the I/O of some seconds around them is not charged to their spans. The machine, or a process that is listened to, was too busy or stood still.",
    ];

    /// <summary>From now on everything counts.</summary>
    /// <param name="started">CLOCK_MONOTONIC, ns.</param>
    public void Begin(ulong started) => _timeline.Start = (long)started;

    /// <summary>Events are formed with another distance of the clocks from now on: another file begins.</summary>
    public void BeginFile(long clockOffset, bool isFirst)
    {
        _clockOffset = clockOffset;
        if (!isFirst)
            _timeline.AddBoundary();
    }

    /// <summary>Takes the event that was formed last.</summary>
    /// <param name="options">Its flags.</param>
    public void Take(EventBlockOptions options)
    {
        if (!RecordShaper.TryView(Stage, options, out EventView e))
            return;
        uint kind = _kinds[e.Type];
        SocketUse? use = null;
        bool mayUse = false;
        if (SocketUse.MayBe(kind) && _state.Threads.Find(e.Tid) is { } thread && _listeners.Includes(thread.Pid))
        {
            if (e.IsExit)
                use = UseOf(in e, kind, thread);
            else
                mayUse = Remember(in e, thread);
        }

        _timeline.Add(in e, options, e.Timestamp - _clockOffset, use, mayUse);
    }

    /// <summary>Takes a marker that a process wrote.</summary>
    public void Take(in Marker marker, int pid, long timestamp)
    {
        if (_listeners.Includes(pid))
            _marked.Take(in marker, pid, timestamp - _clockOffset);
    }

    /// <summary>Lets go of what has waited long enough.</summary>
    /// <param name="bound">Up to when all events were taken, CLOCK_MONOTONIC in ns.</param>
    /// <returns>Events that the runtimes have lost since the last time.</returns>
    public long Pump(ulong bound)
    {
        long said = _listeners.Drain((long)bound);
        if (_timeline.HeldMemory > MostHeld)
            _timeline.ReleaseEvents();
        else
            _timeline.Release(said);
        return _listeners.TakeLost();
    }

    /// <summary>Ends the listening and takes what is still to be said.</summary>
    /// <param name="ended">When events ended, CLOCK_MONOTONIC in ns; what is said of later does not count.</param>
    /// <returns>Events that the runtimes have lost since the last time.</returns>
    public long Stop(ulong ended)
    {
        _listeners.Stop();
        _timeline.End = (long)ended;
        _listeners.Drain((long)ended);
        return _listeners.TakeLost();
    }

    /// <summary>Lets go of everything.</summary>
    public void ReleaseAll() => _timeline.ReleaseAll();

    public void Dispose()
    {
        _listeners?.Dispose();
        _timeline.Dispose();
        Stage.Dispose();
    }

    private bool Remember(scoped in EventView e, TracedThread thread)
    {
        long fd = e.Int64(0, -1);
        _callFds[e.Tid] = fd;
        return thread.Fds[fd] is { Kind: var kind } && kind.IsNetwork();
    }

    private SocketUse? UseOf(scoped in EventView e, uint kind, TracedThread thread)
    {
        bool isKnown = _callFds.Remove(e.Tid, out long fd);
        if (!isKnown && EventKinds.OwnFd(kind) is > 0 and var parameter)
            fd = e.Int64(parameter, -1);
        return SocketUse.Of(kind, thread, thread.Fds[fd], e.Int64(0, 0));
    }
}
