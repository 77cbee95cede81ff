using Tracers.Engine.Events;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>A marker as sysdig lists it: an event <c>tracer</c> in the place of the write.</summary>
internal static class MarkerListing
{
    /// <summary>What a listing calls the type of a marker.</summary>
    public const string Type = "tracer";

    /// <summary>Whether a listing shows a marker as such; one that does not know the switch marker shows the write.</summary>
    public static bool IsListed(MarkerKind kind) => kind != MarkerKind.Switch;

    /// <summary>Appends direction, type, id, tags and arguments: <c>> tracer id=1 tags=a.b args=k:v </c>.</summary>
    public static void Append(TextBuffer text, MarkerKind kind, long id, TagList tags, KeyValuePair<string, string>[] arguments)
    {
        text.Append(Start(kind));
        AppendParameters(text, id, tags, arguments);
    }

    /// <summary>The same of a marker whose arguments are still as they were written: no object is made of them.</summary>
    public static void Append(TextBuffer text, scoped in Marker marker, TagList tags)
    {
        text.Append(Start(marker.Kind));
        AppendTags(text, marker.Id, tags);
        MarkerText.AppendPairs(text, marker.Arguments);
        text.Append((byte)' ');
    }

    /// <summary>Appends only id, tags and arguments.</summary>
    public static void AppendParameters(TextBuffer text, long id, TagList tags, KeyValuePair<string, string>[] arguments)
    {
        AppendTags(text, id, tags);
        for (int i = 0; i < arguments.Length; i++)
        {
            if (i > 0)
                text.Append((byte)',');
            text.AppendText(arguments[i].Key);
            text.Append((byte)':');
            text.AppendText(arguments[i].Value);
        }

        text.Append((byte)' ');
    }

    private static ReadOnlySpan<byte> Start(MarkerKind kind) => kind == MarkerKind.Open ? "> tracer "u8 : "< tracer "u8;

    private static void AppendTags(TextBuffer text, long id, TagList tags)
    {
        text.Append("id="u8);
        text.Append(id);
        text.Append(" tags="u8);
        text.AppendText(tags.Text);
        text.Append(" args="u8);
    }
}
