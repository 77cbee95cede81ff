namespace Tracers.Engine.Spans;

/// <summary>One marker as written, its tags and arguments still escaped.</summary>
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
