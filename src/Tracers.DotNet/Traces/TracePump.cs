using Microsoft.Diagnostics.Tracing;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Traces;

/// <summary>Carries what TraceEvent decodes to a sink, in the order of time.</summary>
internal sealed class TracePump : IDisposable
{
    private const double NanosecondsPerMillisecond = 1e6;

    private readonly TraceEventDispatcher _source;
    private readonly RuntimeTrace _trace;
    private readonly IRuntimeSink _sink;
    private readonly ActivityEvents _activities;
    private long _now;
    private long _lost;

    /// <param name="stream">A .nettrace trace from its first byte.</param>
    /// <param name="header">Its header.</param>
    /// <param name="sink">Takes what is in it.</param>
    /// <param name="everything">Whether waits for locks and the pairs of other EventSources are wanted too, as of a file.</param>
    /// <param name="commandLine">How the process was started; null where that is not known.</param>
    public TracePump(Stream stream, NettraceHeader header, IRuntimeSink sink, bool everything, string? commandLine = null)
        : this(
            new EventPipeEventSource(stream),
            new RuntimeTrace { Pid = header.Pid, ClockTime = header.ClockTime, WallTime = header.WallTime, CommandLine = commandLine },
            sink,
            everything)
    {
    }

    /// <param name="source">The decoder, which is disposed of with this.</param>
    /// <param name="trace">What the trace says of itself.</param>
    /// <param name="sink">Takes what is in it.</param>
    /// <param name="everything">Whether waits for locks and the pairs of other EventSources are wanted too.</param>
    public TracePump(TraceEventDispatcher source, RuntimeTrace trace, IRuntimeSink sink, bool everything)
    {
        _source = source;
        _trace = trace;
        _sink = sink;
        _activities = new ActivityEvents(sink);
        SectionEvents sections = new(sink, Advance, everything);
        sections.Subscribe(_source);
        _source.Dynamic.All += e =>
        {
            RuntimeMoment moment = Advance(e);
            if (!_activities.Take(e, moment) && everything)
                sections.TakePair(e, moment);
        };

        // Those that nobody takes still say what time it is.
        _source.AllEvents += e => Advance(e);
    }

    /// <summary>Whether somebody else has asked the runtime for its activities since: those that this trace should have may be missing. From any thread.</summary>
    public bool WasTakenOver => _activities.Enablings > 1;

    /// <summary>Ends the reading: nothing more reaches the sink. From any thread.</summary>
    public void Stop() => _source.StopProcessing();

    /// <summary>Reads to the end.</summary>
    public void Run()
    {
        _sink.Begin(_trace);
        try
        {
            _source.Process();
        }
        finally
        {
            ReportLost();
            if (_now > 0)
                _sink.Reached(_now);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    // TraceEvent shows the milliseconds since the start as a double, which is exact to a nanosecond for a hundred days.
    private long TimeOf(TraceEvent e) => _trace.ClockTime + (long)Math.Round(e.TimeStampRelativeMSec * NanosecondsPerMillisecond);

    // Everything before an event was said as soon as it is delivered; another thread may still have one of the same time.
    private RuntimeMoment Advance(TraceEvent e)
    {
        long time = Math.Max(TimeOf(e), _now);
        if (time > _now)
        {
            ReportLost();
            if (_now > 0)
                _sink.Reached(time - 1);
            _now = time;
        }

        return new RuntimeMoment(time, e.ThreadID);
    }

    private void ReportLost()
    {
        long lost = _source.EventsLost;
        if (lost > _lost)
            _sink.Lost(lost - _lost);
        _lost = lost;
    }
}
