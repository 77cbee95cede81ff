namespace Tracers.Page.Binding;

/// <summary>The page as one file, or what keeps it from being one.</summary>
/// <param name="Text">The file's text; with findings, what there is of it.</param>
/// <param name="Findings">What is wrong with the sources, in their order.</param>
internal sealed record BoundPage(string Text, IReadOnlyList<Finding> Findings);
