using Tracers.Engine;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine;

/// <summary>Keeps everything that a pass hands out.</summary>
internal readonly struct Recorder(Reading reading, CapturePass pass) : IPassSink
{
    public SinkWants Wants => SinkWants.Events | SinkWants.Io;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number) => Keep(in e, in outcome, number, isMarker: false);

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) =>
        Keep(in e, in outcome, number, isMarker: true);

    private void Keep(scoped in EventView e, scoped in EventOutcome outcome, long number, bool isMarker)
    {
        byte[][] parameters = new byte[Math.Min(e.ParameterCount, 64)][];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = e.Parameter(i).ToArray();
        ThreadIdentity thread = outcome.Thread.Identity;
        reading.Events.Add(new SeenEvent(
            number, e.Type, e.Tid, thread.Pid, thread.Name, e.Timestamp, outcome.FdNumber, outcome.Fd?.Kind.Name(), NameOf(outcome.Fd),
            outcome.Result, outcome.Latency, isMarker, parameters));
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number) =>
        reading.Io.Add(new SeenIo(
            e.Tid, NameOf(outcome.Fd), outcome.Result,
            SpanTracker.InnermostOf(outcome.Thread) is { } span ? pass.Tracker.Tags[span.Tags].Text : null));

    public void Span(SpanNode span) => reading.Spans.Add(new SpanRecord(span, pass.Tracker.Tags));

    private string? NameOf(FdInfo? fd) => fd is null ? null : pass.State.Fds.Names.Text(fd.NameId);
}
