using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <summary>Where a pass over a capture sends what it decodes.</summary>
/// <remarks>Implemented by structs: the pass is compiled once for each, so that a call which does nothing costs nothing. No member has a default: it would put the sink into a box.</remarks>
internal interface IPassSink
{
    /// <summary>What the pass is to hand out: a constant, so that what a sink does not want is not even asked for.</summary>
    /// <remarks>Not a static member: a method over those cannot be compiled ahead of time.</remarks>
    SinkWants Wants { get; }

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

    /// <summary>A span that was closed, an orphan (start −1), or at the end of a section one that is still open (end 0).</summary>
    /// <param name="span">Only valid during the call.</param>
    void Span(SpanNode span);
}
