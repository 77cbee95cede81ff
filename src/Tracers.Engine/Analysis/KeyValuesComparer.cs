namespace Tracers.Engine.Analysis;

/// <summary>Compares the values of several keys one by one.</summary>
internal sealed class KeyValuesComparer : IEqualityComparer<object?[]>
{
    public static readonly KeyValuesComparer Instance = new();

    // Bytes are the one kind of value that does not compare itself.
    public bool Equals(object?[]? x, object?[]? y)
    {
        if (x is null || y is null || x.Length != y.Length)
            return x == y;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] is byte[] left && y[i] is byte[] right ? !left.AsSpan().SequenceEqual(right) : !Equals(x[i], y[i]))
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
