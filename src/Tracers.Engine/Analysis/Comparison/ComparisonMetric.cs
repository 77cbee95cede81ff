namespace Tracers.Engine.Analysis.Comparison;

/// <summary>What of a row two captures are compared by.</summary>
internal enum ComparisonMetric
{
    P50,
    P90,
    P99,
    P999,
    Max,
    Mean,
    Total,
    Count,
    Bytes,
    Calls,
    Errors,
}
