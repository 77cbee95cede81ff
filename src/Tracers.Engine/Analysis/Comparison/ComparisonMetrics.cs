namespace Tracers.Engine.Analysis.Comparison;

/// <summary>The metrics by name, and what they say of a row.</summary>
internal static class ComparisonMetrics
{
    private static readonly (string Name, ComparisonMetric Metric)[] s_names =
    [
        ("p50", ComparisonMetric.P50),
        ("p90", ComparisonMetric.P90),
        ("p99", ComparisonMetric.P99),
        ("p99.9", ComparisonMetric.P999),
        ("max", ComparisonMetric.Max),
        ("mean", ComparisonMetric.Mean),
        ("total", ComparisonMetric.Total),
        ("count", ComparisonMetric.Count),
        ("bytes", ComparisonMetric.Bytes),
        ("calls", ComparisonMetric.Calls),
        ("errors", ComparisonMetric.Errors),

        // As the properties of a summary are called.
        ("p999", ComparisonMetric.P999),
        ("maximum", ComparisonMetric.Max),
        ("average", ComparisonMetric.Mean),
    ];

    /// <summary>Every metric by its first name.</summary>
    public static IEnumerable<string> Names => s_names.DistinctBy(static n => n.Metric).Select(static n => n.Name);

    public static string Text(this ComparisonMetric metric) => Array.Find(s_names, n => n.Metric == metric).Name;

    public static bool TryParse(string name, out ComparisonMetric metric)
    {
        int at = Array.FindIndex(s_names, n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        metric = at < 0 ? default : s_names[at].Metric;
        return at >= 0;
    }

    /// <summary>Whether it is of the work inside of spans, which a summary only has when it was asked for.</summary>
    public static bool IsWork(this ComparisonMetric metric) => metric is ComparisonMetric.Bytes or ComparisonMetric.Calls or ComparisonMetric.Errors;

    /// <summary>Whether a test can tell a change of it from chance: not of a number, a sum or a largest value.</summary>
    public static bool IsSampled(this ComparisonMetric metric) =>
        metric is ComparisonMetric.P50 or ComparisonMetric.P90 or ComparisonMetric.P99 or ComparisonMetric.P999 or ComparisonMetric.Mean;

    /// <summary>What a row has of it: ns, or a number; of the work inside of spans so much a span. Null when it is not known.</summary>
    public static double? ValueOf(this ComparisonMetric metric, SpanTotals totals)
    {
        if (metric == ComparisonMetric.Count)
            return totals.Ended;
        DurationHistogram durations = totals.Durations;
        if (durations.Count == 0)
            return null;
        return metric switch
        {
            ComparisonMetric.P50 => durations.Percentile(500),
            ComparisonMetric.P90 => durations.Percentile(900),
            ComparisonMetric.P99 => durations.Percentile(990),
            ComparisonMetric.P999 => durations.Percentile(999),
            ComparisonMetric.Max => durations.Maximum,
            ComparisonMetric.Mean => (double)durations.Total / durations.Count,
            ComparisonMetric.Total => durations.Total,
            ComparisonMetric.Bytes => (double?)totals.Work?.Inclusive.Bytes / durations.Count,
            ComparisonMetric.Calls => (double?)totals.Work?.Inclusive.Calls / durations.Count,
            _ => (double?)totals.Work?.Inclusive.Errors / durations.Count,
        };
    }

    /// <summary>The chance of such a difference between samples of one distribution; null for a metric that is not sampled.</summary>
    public static double? PValue(this ComparisonMetric metric, DurationHistogram reference, DurationHistogram difference) => metric switch
    {
        ComparisonMetric.P50 => QuantileTest.PValue(reference, difference, 500),
        ComparisonMetric.P90 => QuantileTest.PValue(reference, difference, 900),
        ComparisonMetric.P99 => QuantileTest.PValue(reference, difference, 990),
        ComparisonMetric.P999 => QuantileTest.PValue(reference, difference, 999),
        ComparisonMetric.Mean => MeanTest.PValue(reference, difference),
        _ => null,
    };
}
