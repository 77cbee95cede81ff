using Tracers.Engine.Filters.Syntax;

namespace Tracers.Engine.Filters.Comparisons;

/// <summary>Compares numbers.</summary>
/// <param name="op">How.</param>
/// <param name="values">With what; several only for <c>in</c>.</param>
/// <param name="unsigned">Whether all 64 bits count as one number.</param>
internal sealed class NumberComparison(FilterOperator op, long[] values, bool unsigned)
{
    private readonly long _first = values.Length > 0 ? values[0] : 0;

    public bool Matches(long value) => op switch
    {
        FilterOperator.Equal => value == _first,
        FilterOperator.NotEqual => value != _first,
        FilterOperator.Exists => true,
        FilterOperator.In or FilterOperator.Intersects => Array.IndexOf(values, value) >= 0,
        FilterOperator.Less => Order(value) < 0,
        FilterOperator.LessOrEqual => Order(value) <= 0,
        FilterOperator.Greater => Order(value) > 0,
        FilterOperator.GreaterOrEqual => Order(value) >= 0,
        _ => throw new InvalidOperationException($"{op.Text()} does not compare numbers."),
    };

    private int Order(long value) => unsigned ? ((ulong)value).CompareTo((ulong)_first) : value.CompareTo(_first);
}
