namespace Tracers.Engine.Spans;

/// <summary>One marker, its tags and arguments still escaped. A marker in JSON is the same as the simple one that says the same.</summary>
internal readonly ref struct Marker
{
    public required MarkerKind Kind { get; init; }

    /// <summary>The id, with t, p, pp and g already replaced.</summary>
    public required long Id { get; init; }

    /// <summary>The tags between their colons: dot-separated, backslash takes the next byte literally.</summary>
    public required ReadOnlySpan<byte> Tags { get; init; }

    /// <summary>The arguments between their colons: <c>name=value</c>, comma-separated.</summary>
    public required ReadOnlySpan<byte> Arguments { get; init; }
}
