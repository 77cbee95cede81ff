namespace Tracers.Engine.Spans;

/// <summary>Which span an event lies in.</summary>
/// <param name="Sequence">Its number among the spans of the capture, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record SpanRef(long Sequence, long Id, TagList Tags);
