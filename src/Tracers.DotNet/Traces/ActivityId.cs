using System.Globalization;
using System.Runtime.InteropServices;

namespace Tracers.DotNet.Traces;

/// <summary>Ids of activities as numbers, from the texts that a runtime gives.</summary>
internal static class ActivityId
{
    private const int TraceIdStart = 3;
    private const int TraceIdLength = 32;
    private const int SpanIdStart = 36;
    private const int SpanIdLength = 16;
    private const int Length = 55;
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    /// <summary>The number of an activity's id: of W3C's form its span-id, of another a hash; 0 of an empty one.</summary>
    /// <param name="id"><c>00-trace-span-flags</c>, or the older <c>|root.1.2.</c>, or whatever the application has set.</param>
    /// <param name="traceId">W3C's trace-id; empty of another form.</param>
    public static ulong Parse(ReadOnlySpan<char> id, out string traceId)
    {
        traceId = "";
        if (id.Length != Length || id[TraceIdStart - 1] != '-' || id[SpanIdStart - 1] != '-')
            return id.IsEmpty ? 0 : Hash(id);
        traceId = id.Slice(TraceIdStart, TraceIdLength).ToString();
        return ParseSpanId(id.Slice(SpanIdStart, SpanIdLength));
    }

    /// <summary>The number of a span-id, 16 hexadecimal digits; 0 of zeros and of anything else.</summary>
    public static ulong ParseSpanId(ReadOnlySpan<char> id) =>
        id.Length == SpanIdLength && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number) ? number : 0;

    /// <summary>The id that an activity of the older form was begun in: its own without the last part; empty of a root.</summary>
    public static ReadOnlySpan<char> ParentOf(ReadOnlySpan<char> id)
    {
        if (id is not ['|', ..])
            return default;

        // A part ends with a dot, or with an underscore where the parent came from another process.
        int end = id[..^1].LastIndexOfAny('.', '_');
        return end < 0 ? default : id[..(end + 1)];
    }

    // FNV-1a.
    private static ulong Hash(ReadOnlySpan<char> id)
    {
        ulong hash = HashStart;
        foreach (byte b in MemoryMarshal.AsBytes(id))
            hash = (hash ^ b) * HashFactor;
        return hash == 0 ? 1 : hash;
    }
}
