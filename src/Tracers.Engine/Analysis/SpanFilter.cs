using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Hands on the spans that a filter is true of: it is asked of the marker that closed a span, and of the one that opened it where no other is shown.</summary>
/// <param name="filter">The filter; the pass must have been prepared for it.</param>
/// <param name="pass">The pass that the spans come from.</param>
/// <param name="emit">Takes those that it is true of.</param>
internal sealed class SpanFilter(CaptureFilter filter, CapturePass pass, Action<SpanRecord> emit)
{
    // Open ones whose opening marker it was true of. What it asks may have changed when the capture ends.
    private readonly HashSet<SpanNode> _open = [];

    // A pass hands out a span just before the marker that closed it. Of one that is not shown nothing more comes.
    private SpanRecord? _held;
    private bool _heldBegan;

    /// <summary>A span ends, or is open at the end of the capture: to be called before it is handed out.</summary>
    public void End(SpanNode span)
    {
        Flush();
        _heldBegan = _open.Remove(span);
    }

    /// <summary>Keeps a span until its marker comes.</summary>
    public void Hold(SpanRecord record) => _held = record;

    /// <summary>A marker: the span that it closed, if one is held, goes on or is forgotten.</summary>
    public void Marker(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        if (span is null)
            return;
        bool accepts = filter.AcceptsMarker(in e, in outcome, number, pass, in marker, span);
        if (marker.Kind == MarkerKind.Close)
            _heldBegan = accepts;
        Flush();
        if (marker.Kind != MarkerKind.Open)
            return;
        if (accepts)
            _open.Add(span);
        else
            _open.Remove(span);
    }

    /// <summary>No marker comes of the span that is held: what was said of its beginning holds.</summary>
    public void Flush()
    {
        SpanRecord? record = _held;
        _held = null;
        if (_heldBegan && record is not null)
            emit(record);
    }
}
