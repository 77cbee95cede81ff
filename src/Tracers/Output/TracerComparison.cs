using System.Globalization;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Comparison;

namespace Tracers;

/// <summary>Spans of two captures that have something in common. What that is (Tag, Process, ...) are properties of the object that holds it.</summary>
public sealed class TracerComparison
{
    private readonly ComparedRow _row;

    internal TracerComparison(ComparedRow row)
    {
        _row = row;
        Reference = row.Reference is { } before ? new TracerSpanSummary(new SpanRow(row.Keys, before)) : null;
        Difference = row.Difference is { } now ? new TracerSpanSummary(new SpanRow(row.Keys, now)) : null;
        Failed = [.. row.Broken.Select(static b => b.ToString())];
    }

    /// <summary>Slower, Faster or Same; New or Gone where only one capture has such spans; TooFew to tell.</summary>
    public SpanChange Change => _row.Change;

    /// <summary>Spans of the reference that ended.</summary>
    public long ReferenceCount => Reference?.Count ?? 0;

    /// <summary>Spans of the difference that ended.</summary>
    public long DifferenceCount => Difference?.Count ?? 0;

    /// <summary>The difference's number by the reference's; null for spans that are new.</summary>
    public double? CountRatio => _row.Ratio(ComparisonMetric.Count);

    /// <summary>Median of the reference; null where it has no finished span.</summary>
    public Duration? ReferenceP50 => Reference?.P50;

    /// <summary>Median of the difference; null where it has no finished span.</summary>
    public Duration? DifferenceP50 => Difference?.P50;

    /// <summary>The difference's median by the reference's; null where either is.</summary>
    public double? P50Ratio => _row.Ratio(ComparisonMetric.P50);

    /// <summary>99th percentile of the reference; null where it has no finished span.</summary>
    public Duration? ReferenceP99 => Reference?.P99;

    /// <summary>99th percentile of the difference; null where it has no finished span.</summary>
    public Duration? DifferenceP99 => Difference?.P99;

    /// <summary>The difference's 99th percentile by the reference's; null where either is.</summary>
    public double? P99Ratio => _row.Ratio(ComparisonMetric.P99);

    /// <summary>Mean of the reference; null where it has no finished span.</summary>
    public Duration? ReferenceAverage => Reference?.Average;

    /// <summary>Mean of the difference; null where it has no finished span.</summary>
    public Duration? DifferenceAverage => Difference?.Average;

    /// <summary>The difference's mean by the reference's; null where either is.</summary>
    public double? AverageRatio => _row.Ratio(ComparisonMetric.Mean);

    /// <summary>Bytes that a span read and wrote on average, with the spans inside of it, in the reference; null unless <c>-IO</c> was given.</summary>
    public double? ReferenceBytes => Of(ComparisonMetric.Bytes, _row.Reference);

    /// <summary>The same in the difference.</summary>
    public double? DifferenceBytes => Of(ComparisonMetric.Bytes, _row.Difference);

    /// <summary>The difference's by the reference's.</summary>
    public double? BytesRatio => _row.Ratio(ComparisonMetric.Bytes);

    /// <summary>System calls in a span on average, with the spans inside of it, in the reference; null unless <c>-IO</c> was given.</summary>
    public double? ReferenceCalls => Of(ComparisonMetric.Calls, _row.Reference);

    /// <summary>The same in the difference.</summary>
    public double? DifferenceCalls => Of(ComparisonMetric.Calls, _row.Difference);

    /// <summary>The difference's by the reference's.</summary>
    public double? CallsRatio => _row.Ratio(ComparisonMetric.Calls);

    /// <summary>Failed calls in a span on average, with the spans inside of it, in the reference; null unless <c>-IO</c> was given.</summary>
    public double? ReferenceErrors => Of(ComparisonMetric.Errors, _row.Reference);

    /// <summary>The same in the difference.</summary>
    public double? DifferenceErrors => Of(ComparisonMetric.Errors, _row.Difference);

    /// <summary>The difference's by the reference's.</summary>
    public double? ErrorsRatio => _row.Ratio(ComparisonMetric.Errors);

    /// <summary>How often a span of the difference takes longer than one of the reference: 0.5 where both are alike; null for too few spans.</summary>
    public double? ChanceSlower => _row.Test?.Chance;

    /// <summary>The chance of such a difference where nothing has changed, by the rank test, corrected for the number of rows; null for too few spans.</summary>
    public double? PValue => _row.PValue;

    /// <summary>The conditions of -FailOn that hold, with what was found; empty for none.</summary>
    public IReadOnlyList<string> Failed { get; }

    /// <summary>All of the reference; null where it has no such spans.</summary>
    public TracerSpanSummary? Reference { get; }

    /// <summary>All of the difference; null where it has no such spans.</summary>
    public TracerSpanSummary? Difference { get; }

    /// <summary>A property as the views show it: a ratio, the p-value, <c>Key</c>, the only key, or <c>Keys</c>, all keys joined.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        "Key" => Views.Key(_row.Keys),
        "Keys" => Views.Keys(_row.Keys),
        nameof(P50Ratio) => Views.Ratio(P50Ratio),
        nameof(P99Ratio) => Views.Ratio(P99Ratio),
        nameof(AverageRatio) => Views.Ratio(AverageRatio),
        nameof(CountRatio) => Views.Ratio(CountRatio),
        nameof(ReferenceBytes) => Views.Bytes((long?)ReferenceBytes),
        nameof(DifferenceBytes) => Views.Bytes((long?)DifferenceBytes),
        nameof(BytesRatio) => Views.Ratio(BytesRatio),
        nameof(CallsRatio) => Views.Ratio(CallsRatio),
        nameof(ErrorsRatio) => Views.Ratio(ErrorsRatio),
        nameof(PValue) => PValue switch
        {
            null => "",
            < 0.001 => "< 0.001",
            double p => p.ToString("F3", CultureInfo.InvariantCulture),
        },
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    private static double? Of(ComparisonMetric metric, SpanTotals? totals) => totals is null ? null : metric.ValueOf(totals);
}
