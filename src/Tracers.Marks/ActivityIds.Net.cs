using System.Buffers.Binary;
using System.Diagnostics;

namespace Tracers.Marks;

/// <summary>The ids of activities' spans.</summary>
internal static class ActivityIds
{
    /// <summary>The id of an activity's span: its span id without the last bit, so that other tools can find it, and it is a positive number of 64 bits. Of a hierarchical activity a number of its own.</summary>
    public static ulong Of(Activity activity) => activity.IdFormat == ActivityIdFormat.W3C ? Of(activity.SpanId) : SpanIds.Next();

    /// <summary>The same of the activity that it says it was begun in, wherever that is; 0 for none.</summary>
    public static ulong OfParent(Activity activity)
    {
        if (activity.IdFormat != ActivityIdFormat.W3C)
            return 0;
        ActivitySpanId parent = activity.ParentSpanId;
        return parent == default ? 0 : Of(parent);
    }

    private static ulong Of(ActivitySpanId id)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        id.CopyTo(bytes);

        // 0 means "none" in a switch marker.
        return Math.Max(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 1, 1);
    }
}
