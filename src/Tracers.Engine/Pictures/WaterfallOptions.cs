using Tracers.Engine.Spans;

namespace Tracers.Engine.Pictures;

/// <summary>How a trace is drawn.</summary>
internal sealed record WaterfallOptions
{
    /// <summary>Columns of the picture.</summary>
    public required int Width { get; init; }

    /// <summary>Of the children of a span that have the same tags so many have a line of their own, the longest; 0 for all.</summary>
    public int Fold { get; init; } = 5;

    /// <summary>At most so many spans have a line of their own, the longest; 0 for all.</summary>
    public int Rows { get; init; } = 100;

    /// <summary>Spans that are marked, and have a line of their own before others.</summary>
    public Func<SpanRecord, bool> IsMarked { get; init; } = static _ => false;

    /// <summary>Of the moment at which the trace began.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How numbers look.</summary>
    public required PictureFormats Formats { get; init; }
}
