namespace Tracers.Engine.Analysis;

/// <summary>One row of a table of calls.</summary>
/// <param name="Keys">A value per key of the query, or null where there is none.</param>
/// <param name="Totals">The sums.</param>
internal sealed record CallRow(object?[] Keys, CallTotals Totals);
