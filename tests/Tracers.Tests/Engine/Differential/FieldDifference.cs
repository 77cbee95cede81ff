namespace Tracers.Tests.Engine.Differential;

/// <summary>Where a field's value differs from what sysdig prints on purpose.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="Applies">Whether it is this difference.</param>
/// <param name="Reason">Why.</param>
internal sealed record FieldDifference(string[] Fields, Func<FieldCase, bool> Applies, string Reason)
{
    /// <summary>All of them, class by class.</summary>
    public static IReadOnlyList<FieldDifference> All { get; } =
    [
    ];
}
