using System.Globalization;

namespace Tracers.Engine.Analysis.Comparison;

/// <summary>A condition that holds although it must not.</summary>
/// <param name="Rule">The condition.</param>
/// <param name="Ratio">The ratio that was found.</param>
/// <param name="PValue">The chance of it between samples of one distribution, corrected for the number of tests; null for what is no sample.</param>
internal sealed record BrokenRule(ComparisonRule Rule, double Ratio, double? PValue)
{
    /// <summary>The ratio and the condition: <c>p99 is 1.31x (p &gt; 1.2x)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rule.Metric.Text()} is {Ratio:0.###}x ({Rule}{(PValue is { } p ? string.Create(CultureInfo.InvariantCulture, $", p = {p:0.#####}") : "")})");
}
