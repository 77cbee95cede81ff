using System.Globalization;
using Tracers.Engine.Events;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>
/// Copies a capture and puts what traces of runtimes say among its events, as a capture that had listened to them would have it. Nothing of the
/// capture changes.
/// </summary>
internal sealed class CaptureJoin : ITimelineOutput, IDisposable
{
    // Nobody sets the time of day of a machine by more while it is traced; a boot differs by more.
    private const long MostDifference = 10_000_000_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly CapturePass _pass;
    private readonly ExportOutput _output;
    private readonly IReadOnlyList<JoinedTrace> _traces;
    private readonly EventTimeline _timeline;
    private readonly uint[] _kinds = EventKinds.ByType;
    private int _section;

    /// <param name="pass">The pass that reads the capture.</param>
    /// <param name="traces">The traces; the beginning of each is known.</param>
    /// <param name="output">Where to.</param>
    public CaptureJoin(CapturePass pass, IReadOnlyList<JoinedTrace> traces, ExportOutput output)
    {
        _pass = pass;
        _traces = traces;
        _output = output;
        _timeline = new EventTimeline(this);
        pass.KeepsSections = true;
        pass.State.KeepsRecords = true;
    }

    /// <inheritdoc/>
    public long ClockOffset { get; private set; }

    /// <summary>Spans that were added and have ended.</summary>
    public long Spans => _timeline.Spans;

    /// <summary>Whether the two clocks were brought together by the time of day, which traces have in milliseconds: the capture does not say how they differ.</summary>
    public bool IsApproximate { get; private set; }

    /// <summary>An event, after it was applied.</summary>
    public void Take(scoped in EventView e, scoped in EventOutcome outcome, EventBlockOptions mark)
    {
        if (_pass.Statistics.Sections != _section)
            BeginSection(e.Timestamp);
        e.CheckParameters();
        long time = e.Timestamp - ClockOffset;
        foreach (JoinedTrace trace in _traces)
        {
            if (trace.Drain(time) is > 0 and var lost)
                _timeline.AddLoss(lost, time);
        }

        uint kind = _kinds[e.Type];
        SocketUse? use = null;
        bool mayUse = false;
        if (SocketUse.MayBe(kind) && IsTraced(outcome.Thread.Pid))
        {
            mayUse = !e.IsExit;
            if (e.IsExit)
                use = SocketUse.Of(kind, outcome.Thread, outcome.Fd, outcome.Result);
        }

        _timeline.Add(in e, mark | (EventBlockOptions)(e.Flags & (uint)EventBlockOptions.StateOnly), time, use, mayUse);
        _timeline.Release(time);
    }

    /// <summary>The capture is at its end.</summary>
    public void End() => _timeline.ReleaseEvents();

    public void Write(scoped in EventView e, EventBlockOptions options) => _output.Write(in e, options, isSelected: true, isNeeded: true);

    public void Insert(scoped in EventView e, EventBlockOptions options) => _output.Write(in e, options, isSelected: true, isNeeded: true);

    public void BeginNextFile()
    {
    }

    public void Dispose() => _timeline.Dispose();

    private bool IsTraced(int pid)
    {
        foreach (JoinedTrace trace in _traces)
        {
            if (trace.Pid == pid)
                return true;
        }

        return false;
    }

    private void BeginSection(long timestamp)
    {
        _timeline.ReleaseEvents();
        bool isFirst = _section == 0;
        _section = _pass.Statistics.Sections;
        ClockOffset = OffsetOf(_pass.Section!.Machine);
        _timeline.Start = timestamp - ClockOffset;
        foreach (JoinedTrace trace in isFirst ? _traces : [])
            trace.Begin(_pass.State, _timeline);
        _output.BeginSection(_pass.Section, null);
    }

    // Our recorder writes it as the boot time; others round that to seconds.
    private long OffsetOf(MachineInfo? machine)
    {
        long ofTrace = _traces[0].Trace.WallTime - _traces[0].Trace.ClockTime;
        if (machine is not { BootTime: > 0 and var boot } || boot % NanosecondsPerSecond == 0)
        {
            IsApproximate = true;
            return ofTrace;
        }

        foreach (JoinedTrace trace in _traces)
        {
            long difference = Math.Abs(trace.Trace.WallTime - trace.Trace.ClockTime - (long)boot);
            if (difference > MostDifference)
            {
                throw new JoinException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"its clock is {difference / NanosecondsPerSecond} s from that of the capture: they are not of one machine, or it was booted in between"));
            }
        }

        return (long)boot;
    }
}
