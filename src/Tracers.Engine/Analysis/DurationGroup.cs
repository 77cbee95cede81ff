namespace Tracers.Engine.Analysis;

/// <summary>Durations that are not told apart.</summary>
/// <param name="Lowest">The smallest that belongs to the group, in ns.</param>
/// <param name="Highest">The largest.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct DurationGroup(long Lowest, long Highest, long Count)
{
    /// <summary>What stands for all of them.</summary>
    public long Middle => Lowest + ((Highest - Lowest) / 2);
}
