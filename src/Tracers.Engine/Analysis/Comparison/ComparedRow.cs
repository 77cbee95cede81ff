namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Spans of two captures that have the same keys.</summary>
/// <param name="Keys">A value per key.</param>
/// <param name="Reference">Those of the first; null when it has none.</param>
/// <param name="Difference">Those of the second; null when it has none.</param>
internal sealed record ComparedRow(object?[] Keys, SpanTotals? Reference, SpanTotals? Difference)
{
    public SpanChange Change { get; init; }

    /// <summary>The rank test; null where there were too few spans for one.</summary>
    public RankTest? Test { get; init; }

    /// <summary>The p-value of the test, corrected for the number of rows.</summary>
    public double? PValue { get; init; }

    public IReadOnlyList<BrokenRule> Broken { get; init; } = [];

    /// <summary>The second by the first: infinite where the first is 0 and the second is not, null where either is not known.</summary>
    public double? Ratio(ComparisonMetric metric) => (Reference is { } before ? metric.ValueOf(before) : null, NewValue(metric)) switch
    {
        (null, _) or (_, null) => null,
        (0, 0) => 1,
        (double old, double now) => now / old,
    };

    // Of spans that are gone there are none, which is a number.
    private double? NewValue(ComparisonMetric metric) =>
        Difference is { } now ? metric.ValueOf(now)
        : metric is ComparisonMetric.Count or ComparisonMetric.Total ? 0
        : null;
}
