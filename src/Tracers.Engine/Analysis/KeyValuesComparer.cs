namespace Tracers.Engine.Analysis;

/// <summary>Compares the values of several keys one by one.</summary>
internal sealed class KeyValuesComparer : IEqualityComparer<object?[]>
{
    public static readonly KeyValuesComparer Instance = new();

    public bool Equals(object?[]? x, object?[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(object?[] values)
    {
        HashCode hash = default;
        foreach (object? value in values)
            hash.Add(value);
        return hash.ToHashCode();
    }
}
