using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <summary>Where a pass over a capture sends what it decodes.</summary>
/// <remarks>Implemented by structs: the pass is compiled once for each, so that a call which does nothing costs nothing.</remarks>
internal interface IPassSink
{
    /// <summary>Whether <see cref="Event"/> and <see cref="MarkerEvent"/> are called.</summary>
    static abstract bool TakesEvents { get; }

    /// <summary>Whether <see cref="Io"/> is called.</summary>
    static abstract bool TakesIo { get; }

    /// <summary>
    /// Whether <see cref="Event"/> and <see cref="MarkerEvent"/> also get what only changes the state, and <see cref="Loss"/> is called. Whether an
    /// event is shown is then for the sink to see.
    /// </summary>
    static virtual bool TakesAll => false;

    /// <summary>Whether <see cref="IsWanted"/> is asked before an event changes the state, and <see cref="IsComplete"/> before a further section does.</summary>
    static virtual bool EndsAtMoment => false;

    /// <summary>Whether a further section of the file is to be left alone.</summary>
    bool IsComplete => false;

    /// <summary>Whether an event is to be applied and handed out; one that is not leaves the state as it was.</summary>
    /// <param name="time">When it happened, ns since the epoch; of what the recorder itself makes, when the event of the machine before it did.</param>
    /// <param name="first">When the capture's first event happened; 0 before there is one.</param>
    bool IsWanted(long time, long first) => true;

    /// <summary>Every event that is not state only, after it was applied; markers go to <see cref="MarkerEvent"/> instead.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="number">Its number in the file, from 1.</param>
    void Event(scoped in EventView e, scoped in EventOutcome outcome, long number);

    /// <summary>A write that carries a valid marker, after the marker was applied.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="number">Its number in the file, from 1.</param>
    /// <param name="marker">What was written.</param>
    /// <param name="span">The span that it began or ended, an orphan with the start −1; null of a switch marker and where spans are not tracked. Only valid during the call.</param>
    void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span);

    /// <summary>Every exit of the read and write families that carries no marker; each side of a call that moves bytes from one descriptor to another.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it, or of the side.</param>
    /// <param name="traits">Whether it reads or writes.</param>
    /// <param name="number">Its number in the file, from 1.</param>
    void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number);

    /// <summary>An event by which the recorder says that it lost others.</summary>
    void Loss(scoped in EventView e)
    {
    }

    /// <summary>A span that was closed, an orphan (start −1), or at the end of a section one that is still open (end 0).</summary>
    /// <param name="span">Only valid during the call.</param>
    void Span(SpanNode span);
}
