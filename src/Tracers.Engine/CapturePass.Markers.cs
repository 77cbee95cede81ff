using System.Runtime.CompilerServices;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <content>Writes that carry markers.</content>
internal sealed partial class CapturePass
{
    // A write, and nothing but a write, to /dev/null; false when it is no marker, nor a piece of one.
    [MethodImpl(HotPath.Compile)]
    private bool TakeMarker<TSink>(scoped in EventView e, scoped ref EventOutcome outcome, long number, bool isShown, scoped ref TSink sink)
        where TSink : struct, IPassSink
    {
        bool isTold = isShown || (sink.Wants & SinkWants.All) != 0;
        ReadOnlySpan<byte> data = e.Parameter(1);
        TracedThread thread = outcome.Thread;
        MarkerParse parse = _markers.Read(data, cut: outcome.Result > data.Length, thread, out Marker marker);
        if (parse != MarkerParse.Ok)
        {
            if ((sink.Wants & SinkWants.Events) != 0 && parse == MarkerParse.Incomplete && isTold)
            {
                outcome.Hidden = true;
                sink.Event(in e, in outcome, number);
            }

            return parse == MarkerParse.Incomplete;
        }

        SpanNode? ended = TracksSpans ? Tracker.Apply(in marker, thread, e.Timestamp) : null;
        if (isShown)
            Statistics.Markers++;
        else
            Unshow(marker.Kind, ended, thread);
        if (ended is not null && (isShown || !ended.IsUnshown))
            sink.Span(ended);

        if ((sink.Wants & (SinkWants.Events | SinkWants.Counts)) != 0 && isTold && outcome.Fd is { CarriesMarkers: false } fd && marker.Kind != MarkerKind.Switch)
            thread.Fds.Update(outcome.FdNumber, State.Fds.MarkerCarrier(fd));
        if ((sink.Wants & SinkWants.Counts) != 0 && isShown)
            CountMarker(in e, in outcome, marker.Kind);
        if ((sink.Wants & SinkWants.Events) != 0 && isTold)
        {
            SpanNode? span = TracksSpans && marker.Kind == MarkerKind.Open ? SpanTracker.SpansOf(thread).Newest : ended;
            sink.MarkerEvent(in e, in outcome, number, in marker, span);
        }

        if (ended is not null)
            Tracker.Release(ended);
        return true;
    }

    private void CountMarker(scoped in EventView e, scoped in EventOutcome outcome, MarkerKind kind)
    {
        if (MarkerListing.IsListed(kind))
            Statistics.Counts.Markers++;
        else if (!outcome.Hidden)
            Statistics.Counts.Add(e, outcome.OwnFd(in e));
    }

    private void Unshow(MarkerKind kind, SpanNode? ended, TracedThread thread)
    {
        if (ended is not null)
            ended.IsUnshown |= ended.Start < 0;
        else if (kind == MarkerKind.Open && TracksSpans)
            SpanTracker.SpansOf(thread).Newest!.IsUnshown = true;
    }
}
