namespace Tracers.Engine.Analysis.Comparison;

/// <summary>What counts as a change.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>The chance that is taken of reporting a change of any row where nothing has changed.</summary>
    public double Significance { get; init; } = 0.01;

    /// <summary>The smallest change of the median or the mean that counts: 0.05 is 5 %.</summary>
    public double MinChange { get; init; } = 0.05;

    /// <summary>Conditions that must not hold.</summary>
    public IReadOnlyList<ComparisonRule> Rules { get; init; } = [];
}
