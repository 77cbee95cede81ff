namespace Tracers.Engine.Spans;

/// <summary>Which span of a capture is meant, for another pass over it.</summary>
/// <param name="Sequence">Its number in the order of beginning; 0 for an orphan, which has none.</param>
/// <param name="Id">Its id, to check that the capture is still the same.</param>
/// <param name="Start">When it began, ns since the epoch; likewise.</param>
/// <param name="Tags">Its tags joined, for messages.</param>
internal readonly record struct SpanIdentity(long Sequence, long Id, long Start, string Tags)
{
    public SpanIdentity(SpanRecord span)
        : this(span.Sequence, span.Id, span.Start, span.Tags.Text)
    {
    }
}
