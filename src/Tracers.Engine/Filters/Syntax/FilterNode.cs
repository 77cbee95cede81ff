namespace Tracers.Engine.Filters.Syntax;

/// <summary>A part of a filter as it was written.</summary>
internal abstract record FilterNode;
