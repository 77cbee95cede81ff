using System.Globalization;

namespace Tracers.Engine.Analysis.Comparison;

/// <summary>One condition on the ratio of the second capture to the first: <c>p99 &gt; 1.2x</c>.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Operator"><c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c> or <c>&lt;=</c>.</param>
/// <param name="Ratio">The ratio that it is compared with.</param>
internal sealed record ComparisonRule(ComparisonMetric Metric, string Operator, double Ratio)
{
    /// <summary>Whether a ratio fulfils it.</summary>
    public bool Holds(double ratio) => Operator switch
    {
        ">" => ratio > Ratio,
        ">=" => ratio >= Ratio,
        "<" => ratio < Ratio,
        _ => ratio <= Ratio,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Metric.Text()} {Operator} {Ratio}x");
}
