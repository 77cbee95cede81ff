namespace Tracers.Tests.Engine.Differential;

/// <summary>Where a filter accepts other events than in sysdig on purpose.</summary>
/// <param name="Fields">Fields of which the filter uses one.</param>
/// <param name="Applies">Whether the events that differ are those that this makes differ.</param>
/// <param name="Reason">Why.</param>
internal sealed record FilterDifference(string[] Fields, Func<FilterCase, bool> Applies, string Reason)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FilterDifference> All { get; } =
    [
    ];

    public bool Explains(FilterCase difference) => Fields.Any(f => difference.Filter.Contains(f, StringComparison.Ordinal)) && Applies(difference);
}
