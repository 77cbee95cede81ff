namespace Tracers.Page.Binding;

/// <summary>What the markup and the scripts name of each other.</summary>
internal static class MarkupCheck
{
    /// <summary>Checks the markup.</summary>
    public static IEnumerable<Finding> Check(SourceFile markup, IReadOnlyList<SourceFile> scripts)
    {
        yield break;
    }
}
