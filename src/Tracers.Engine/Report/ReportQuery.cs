using Tracers.Engine.Filters;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>What a report is about; a null part asks nothing.</summary>
internal sealed record ReportQuery
{
    /// <summary>Of markers and calls, in sysdig's language, as the commands that read spans, I/O and calls ask it.</summary>
    public CaptureFilter? Filter { get; init; }

    /// <summary>Of spans; of calls whether they lie in such a span, at any depth.</summary>
    public Func<TagList, bool>? Tag { get; init; }

    /// <summary>How the user wrote <see cref="Tag"/>.</summary>
    public string? TagText { get; init; }

    /// <summary>At most so many spans are shown; all count in the sums.</summary>
    public int MaximumSpans { get; init; } = ReportLimits.Spans;
}
