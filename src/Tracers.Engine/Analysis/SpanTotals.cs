namespace Tracers.Engine.Analysis;

/// <summary>Sums of the spans of one row.</summary>
internal sealed class SpanTotals
{
    /// <summary>Spans whose end is in the capture.</summary>
    public long Ended { get; set; }

    /// <summary>Of them those whose beginning is not.</summary>
    public long Orphans { get; set; }

    /// <summary>Spans that were still open at the end of the capture.</summary>
    public long Unfinished { get; set; }

    /// <summary>Spans that ended inside of these.</summary>
    public long ChildHits { get; set; }

    /// <summary>Nanoseconds in which none of their children was open.</summary>
    public long SelfTime { get; set; }

    /// <summary>Of those whose beginning and end are in the capture.</summary>
    public DurationHistogram Durations { get; } = new();
}
