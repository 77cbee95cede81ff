namespace Tracers.Engine.Analysis;

/// <summary>One row of a summary of spans.</summary>
/// <param name="Keys">A value per key of the query: a string, a number, a state, or null where there is none.</param>
/// <param name="Totals">The sums.</param>
internal sealed record SpanRow(object?[] Keys, SpanTotals Totals);
