namespace Tracers.Engine.Filters.Syntax;

/// <summary>All of these.</summary>
internal sealed record AndNode(IReadOnlyList<FilterNode> Parts) : FilterNode;
