namespace Tracers.Engine.Analysis;

/// <summary>Which spans a summary sums, and by what.</summary>
internal sealed record SpanSummaryQuery
{
    /// <summary>One key or several; a row for every combination that occurs.</summary>
    public required IReadOnlyList<SpanKey> Keys { get; init; }

    /// <summary>Which spans.</summary>
    public SpanQuery Spans { get; init; } = new();

    /// <summary>
    /// Null: every span is summed in the row of its tags. Otherwise only those with one tag more than this are; those with more tags count as
    /// child hits of the row that they begin with, and those with fewer have none: as a view of csysdig does at this depth.
    /// </summary>
    public int? Depth { get; init; }
}
