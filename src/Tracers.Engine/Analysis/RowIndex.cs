namespace Tracers.Engine.Analysis;

/// <summary>Numbers for the rows of a table, by the values of its keys. Row 0 is that of what is left out, and has none.</summary>
internal sealed class RowIndex
{
    /// <summary>The row of what is left out.</summary>
    public const int SkippedRow = 0;

    private readonly Dictionary<object?[], int> _byValues = new(ValuesComparer.Instance);
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

    private sealed class ValuesComparer : IEqualityComparer<object?[]>
    {
        public static readonly ValuesComparer Instance = new();

        // Bytes are the one kind of value that does not compare itself.
        public bool Equals(object?[]? x, object?[]? y)
        {
            for (int i = 0; i < x!.Length; i++)
            {
                if (x[i] is byte[] left && y![i] is byte[] right ? !left.AsSpan().SequenceEqual(right) : !Equals(x[i], y![i]))
                    return false;
            }

            return true;
        }

        public int GetHashCode(object?[] values)
        {
            HashCode hash = default;
            foreach (object? value in values)
            {
                if (value is byte[] bytes)
                    hash.AddBytes(bytes);
                else
                    hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
