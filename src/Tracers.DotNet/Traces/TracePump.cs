using Microsoft.Diagnostics.Tracing;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Traces;

/// <summary>Carries what TraceEvent decodes to a sink, in the order of time.</summary>
internal sealed class TracePump : IDisposable
{
    private readonly EventPipeEventSource _source;
    private readonly NettraceHeader _header;
    private readonly TraceClock _clock;
    private readonly IRuntimeSink _sink;
    private long _now;
    private long _lost;

    /// <param name="stream">The trace, behind its header.</param>
    /// <param name="header">The header.</param>
    /// <param name="sink">Takes what is in it.</param>
    /// <param name="everything">Whether waits for locks and the pairs of other EventSources are wanted too, as of a file.</param>
    public TracePump(Stream stream, NettraceHeader header, IRuntimeSink sink, bool everything)
    {
        _header = header;
        _clock = new TraceClock(header);
        _sink = sink;
        _source = new EventPipeEventSource(stream);
        ActivityEvents activities = new(sink);
        SectionEvents sections = new(sink, Advance, everything);
        sections.Subscribe(_source);
        _source.Dynamic.All += e =>
        {
            RuntimeMoment moment = Advance(e);
            if (!activities.Take(e, moment) && everything)
                sections.TakePair(e, moment);
        };

        // Those that nobody takes still say what time it is.
        _source.AllEvents += e => Advance(e);
    }

    /// <summary>Ends the reading: nothing more reaches the sink. From any thread.</summary>
    public void Stop() => _source.StopProcessing();

    /// <summary>Reads to the end.</summary>
    public void Run()
    {
        _sink.Begin(new RuntimeTrace { Pid = _header.Pid, ClockTime = _header.ClockTime, WallTime = _header.WallTime });
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

    // Everything before an event was said as soon as it is delivered; another thread may still have one of the same time.
    private RuntimeMoment Advance(TraceEvent e)
    {
        long time = Math.Max(_clock.TimeOf(e), _now);
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
