using Tracers.Engine.Analysis;

namespace Tracers.Engine.Report;

/// <summary>All that stands in a report.</summary>
internal sealed record ReportData
{
    public required ReportQuery Query { get; init; }

    /// <summary>Name of the capture's file, without its folder.</summary>
    public required string Name { get; init; }

    public required CaptureStatistics Statistics { get; init; }

    /// <summary>Why the capture was not read to its end; null when it was.</summary>
    public string? Problem { get; init; }

    /// <summary>The spans that are shown, by beginning.</summary>
    public required ReportSpan[] Spans { get; init; }

    /// <summary>How these were chosen.</summary>
    public required ReportSpanChoice Choice { get; init; }

    /// <summary>The sums of all spans by tag, most time first.</summary>
    public required IReadOnlyList<SpanRow> Tags { get; init; }

    /// <summary>The calls that are shown, by span and beginning.</summary>
    public required ReportCall[] Calls { get; init; }

    /// <summary>How these were chosen.</summary>
    public required ReportCalls CallChoice { get; init; }

    /// <summary>The sums of I/O by tag, name and type of descriptor, most bytes first.</summary>
    public required IReadOnlyList<IoRow> Io { get; init; }

    public required ReportTimeline Timeline { get; init; }
}
