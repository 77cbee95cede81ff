namespace Tracers.Engine.Spans;

/// <summary>What a span did, and where its time went.</summary>
/// <param name="Own">
/// Without the spans inside of it: the calls that had it as their innermost span, and the time in which none inside of it was open. Its
/// <see cref="WorkTotals.Time"/> is the span's self time.
/// </param>
/// <param name="Inclusive">
/// With the spans inside of it, as far as they lay in it. Its <see cref="WorkTotals.Time"/> is the span's duration; of an unfinished span
/// the time up to the end of the capture.
/// </param>
internal sealed record SpanWork(WorkTotals Own, WorkTotals Inclusive);
