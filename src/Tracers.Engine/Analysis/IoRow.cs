namespace Tracers.Engine.Analysis;

/// <summary>One row of an accounting.</summary>
/// <param name="Keys">A value per key of the query: a string, a number, or null where there is none.</param>
/// <param name="Totals">The sums.</param>
internal sealed record IoRow(object?[] Keys, IoTotals Totals);
