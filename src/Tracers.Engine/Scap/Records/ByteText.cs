using System.Runtime.InteropServices;
using System.Text;

namespace Tracers.Engine.Scap.Records;

/// <summary>
/// A name as Linux has it: bytes, usually but not always UTF-8. Kept as bytes so that a capture can be written again exactly;
/// equality is by content.
/// </summary>
public readonly struct ByteText : IEquatable<ByteText>
{
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <summary>Wraps bytes without copying them: the caller no longer changes them.</summary>
    public ByteText(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>The bytes, without any terminator that the file form may add.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The bytes as a span.</summary>
    public ReadOnlySpan<byte> Span => _bytes.Span;

    /// <summary>How many bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes as an array that nobody may change: that which is wrapped, where it holds nothing else.</summary>
    internal byte[] AsArray() =>
        MemoryMarshal.TryGetArray(_bytes, out ArraySegment<byte> segment) && segment.Count == segment.Array?.Length ? segment.Array : _bytes.ToArray();

    /// <summary>The bytes of a string in UTF-8.</summary>
    public static ByteText FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ByteText(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Strings as the format keeps lists of them (arguments, environment, cgroups): each followed by a NUL.</summary>
    public static ByteText FromList(params IEnumerable<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return FromString(string.Concat(items.Select(item => item + '\0')));
    }

    /// <summary>The bytes of a string in UTF-8.</summary>
    public static implicit operator ByteText(string text) => FromString(text);

    /// <summary>Whether both are the same bytes.</summary>
    public static bool operator ==(ByteText left, ByteText right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(ByteText left, ByteText right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ByteText other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The text for people; bytes that are not UTF-8 become replacement characters.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
