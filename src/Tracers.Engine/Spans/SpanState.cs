namespace Tracers.Engine.Spans;

/// <summary>How much of a span a capture holds.</summary>
public enum SpanState
{
    /// <summary>Its beginning and its end.</summary>
    Finished,

    /// <summary>Only its beginning: it was still open when the capture ended.</summary>
    Unfinished,

    /// <summary>Only its end: it began before the capture, or its opening marker was lost.</summary>
    Orphan,
}
