namespace Tracers.Engine.Spans;

/// <summary>Which span an event lies in. Immutable, and shared by all events in the same spans; a chain may be as long as spans are deep.</summary>
/// <param name="sequence">Its number among the spans of the capture, from 1.</param>
/// <param name="id">Its id.</param>
/// <param name="tags">Its tags.</param>
/// <param name="outer">The open span around it; null for none.</param>
internal sealed class SpanRef(long sequence, long id, TagList tags, SpanRef? outer)
{
    public long Sequence => sequence;

    public long Id => id;

    public TagList Tags => tags;

    public SpanRef? Outer => outer;

    /// <summary>A span and those around it, innermost first; none of null.</summary>
    public static SpanRef[] Chain(SpanRef? innermost)
    {
        int depth = 0;
        for (SpanRef? span = innermost; span is not null; span = span.Outer)
            depth++;
        if (depth == 0)
            return [];

        SpanRef[] chain = new SpanRef[depth];
        int at = 0;
        for (SpanRef? span = innermost; span is not null; span = span.Outer)
            chain[at++] = span;
        return chain;
    }
}
