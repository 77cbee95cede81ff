using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Writes the lines of the events that a query asks for, as sysdig's listing has them.</summary>
/// <remarks>No object is made of an event: this is for whole captures.</remarks>
internal struct ListingSink : IPassSink
{
    private readonly CapturePass _pass;
    private readonly EventFilter _filter;
    private readonly TextBuffer _text;
    private readonly Action _lineDone;
    private EventLine _line;

    /// <param name="pass">The pass that calls it.</param>
    /// <param name="query">Which events.</param>
    /// <param name="text">Where lines are appended, without their ends.</param>
    /// <param name="zone">Of the times of day.</param>
    /// <param name="lineDone">Called behind each line; what it does with the text is its own business.</param>
    public ListingSink(CapturePass pass, EventQuery query, TextBuffer text, TimeZoneInfo zone, Action lineDone)
    {
        _pass = pass;
        _filter = new EventFilter(pass, query);
        _text = text;
        _lineDone = lineDone;
        _line = new EventLine(zone);
    }

    public SinkWants Wants => SinkWants.Events;

    [MethodImpl(HotPath.Compile)]
    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (_filter.Accepts(in e, in outcome, number))
            AppendEvent(in e, in outcome, number);
    }

    private void AppendEvent(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        // Before the line is begun: of a damaged event nothing is listed.
        e.CheckParameters();
        LiveNames names = new(_pass.State, in outcome);
        _line.Append(_text, in e, number, outcome.HasEnter, in names);
        EndLine();
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if (!_filter.AcceptsMarker(in e, in outcome, number, in marker, span))
        {
            _pass.StopRequested = _filter.Satisfied;
            return;
        }

        if (!MarkerListing.IsListed(marker.Kind))
        {
            AppendEvent(in e, in outcome, number);
            return;
        }

        LiveNames names = new(_pass.State, in outcome);
        _line.AppendHead(_text, in e, number, in names);
        TagTable tags = _pass.Tracker.Tags;
        MarkerListing.Append(_text, in marker, tags[tags.Intern(marker.Tags)]);
        EndLine();
    }

    public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public readonly void Span(SpanNode span)
    {
    }

    private readonly void EndLine()
    {
        if (_filter.Satisfied)
            _pass.StopRequested = true;
        _lineDone();
    }
}
