namespace Tracers.Engine.Spans;

/// <summary>The place of an open span in one list of <see cref="OpenSpans"/>; reused when the span is closed.</summary>
internal sealed class OpenSpanLink
{
    public OpenSpans Spans = null!;
    public OpenSpanList List = null!;
    public SpanNode Node = null!;
    public OpenSpanLink? Older;
    public OpenSpanLink? Newer;

    /// <summary>The next place of the same span, in another list; of a free one the next free one.</summary>
    public OpenSpanLink? Next;
}
