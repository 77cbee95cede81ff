using Tracers.Engine.Filters.Syntax;

namespace Tracers.Engine.Filters.Comparisons;

/// <summary>Compares numbers with a fraction.</summary>
internal sealed class RealComparison(FilterOperator op, double[] values)
{
    public bool Matches(double value) => op switch
    {
        FilterOperator.Equal => value == values[0],
        FilterOperator.NotEqual => value != values[0],
        FilterOperator.Exists => true,
        FilterOperator.In or FilterOperator.Intersects => Array.IndexOf(values, value) >= 0,
        FilterOperator.Less => value < values[0],
        FilterOperator.LessOrEqual => value <= values[0],
        FilterOperator.Greater => value > values[0],
        FilterOperator.GreaterOrEqual => value >= values[0],
        _ => throw new InvalidOperationException($"{op.Text()} does not compare numbers."),
    };
}
