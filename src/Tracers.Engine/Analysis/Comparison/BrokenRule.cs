namespace Tracers.Engine.Analysis.Comparison;

/// <summary>A condition that holds although it must not.</summary>
/// <param name="Rule">The condition.</param>
/// <param name="Ratio">The ratio that was found; infinite where there was nothing before.</param>
/// <param name="PValue">The chance of it between samples of one distribution, corrected for the number of tests; null for what is no sample.</param>
internal sealed record BrokenRule(ComparisonRule Rule, double Ratio, double? PValue)
{
    private const double SmallestShown = 0.0001;

    /// <summary>The ratio and the condition: <c>p99 is 1.31x (p99 &gt; 1.2x, p = 0.0012)</c>.</summary>
    public override string ToString()
    {
        string ratio = double.IsFinite(Ratio) ? FormattableString.Invariant($"{Ratio:0.###}x") : "new";
        string chance = PValue switch
        {
            null => "",
            < SmallestShown => FormattableString.Invariant($", p < {SmallestShown}"),
            double p => FormattableString.Invariant($", p = {p:0.####}"),
        };
        return $"{Rule.Metric.Text()} is {ratio} ({Rule}{chance})";
    }
}
