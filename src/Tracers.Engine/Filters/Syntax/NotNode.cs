namespace Tracers.Engine.Filters.Syntax;

/// <summary>Not this; true also where the field has no value.</summary>
internal sealed record NotNode(FilterNode Part) : FilterNode;
