namespace Tracers.Engine.Analysis;

/// <summary>Numbers for the rows of a table, by the values of its keys. Row 0 is that of what is left out, and has none.</summary>
internal sealed class RowIndex
{
    /// <summary>The row of what is left out.</summary>
    public const int SkippedRow = 0;

    private readonly Dictionary<object?[], int> _byValues = new(KeyValuesComparer.Instance);
    private readonly List<object?[]> _values = [[]];

    /// <summary>How many there are, the one of what is left out included.</summary>
    public int Count => _values.Count;

    /// <summary>The values of a row's keys.</summary>
    public object?[] Values(int row) => _values[row];

    /// <summary>The row of these values, new or known.</summary>
    public int RowOf(object?[] values)
    {
        if (_byValues.TryGetValue(values, out int row))
            return row;
        row = _values.Count;
        _values.Add(values);
        _byValues.Add(values, row);
        return row;
    }
}
