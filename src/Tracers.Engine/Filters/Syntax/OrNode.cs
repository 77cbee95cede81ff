namespace Tracers.Engine.Filters.Syntax;

/// <summary>One of these.</summary>
internal sealed record OrNode(IReadOnlyList<FilterNode> Parts) : FilterNode;
