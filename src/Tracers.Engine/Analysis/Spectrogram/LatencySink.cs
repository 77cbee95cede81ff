using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Spectrogram;

/// <summary>Counts system calls by when they returned and how long they took. No object is made of a call.</summary>
/// <remarks>The calls of csysdig's <c>spectro_all</c>: every exit but those of markers and of what is about the capture itself.</remarks>
internal readonly struct LatencySink : IPassSink
{
    private readonly SpectrogramGrid _grid;
    private readonly CapturePass _pass;
    private readonly CaptureFilter? _filter;
    private readonly SpanSelection? _spans;

    /// <param name="grid">Where it counts.</param>
    /// <param name="pass">The pass, which has not run yet.</param>
    /// <param name="spans">Only calls in these spans; null for all.</param>
    public LatencySink(SpectrogramGrid grid, CapturePass pass, SpanSelection? spans)
    {
        _grid = grid;
        _pass = pass;
        _filter = grid.Query.Calls;
        _spans = spans;
        pass.TracksSpans = spans is not null;
        if (_filter is not null)
            CaptureFilter.Prepare(pass, _filter.Needs);
        spans?.Attach(pass.State, pass.Tracker);
    }

    public SinkWants Wants => SinkWants.Events;

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (!e.IsExit || outcome.Hidden || !CallAccounting.IsCall(e.Type))
            return;
        if (_spans is not null && _spans.Around(outcome.Thread) is null)
            return;
        if (_filter is not null && !_filter.Accepts(in e, in outcome, number, _pass))
            return;
        if (outcome.Latency >= 0)
            _grid.Add(e.Timestamp, outcome.Latency);
        else
            _grid.AddUnplaced();
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
        if (_spans is { IsOver: true })
            _pass.StopRequested = true;
    }
}
