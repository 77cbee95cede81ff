using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Fields;

/// <summary>What an event is, when it happened, what its parameters say.</summary>
internal static class EvtFields
{
    // What a listing calls a marker.
    private const string MarkerType = "tracer";

    public static FieldInfo[] All { get; } =
    [
        new("evt.num", FieldType.Unsigned, "Number of the event in the capture, from 1.", static _ => new FieldReader
        {
            Type = FieldType.Unsigned,
            Number = static (scoped in EventContext c, out long value) =>
            {
                value = c.Number;
                return true;
            },
        })
        {
            Example = "evt.num >= 100",
        },
        new("evt.dir", FieldType.Text, "'>' for entering a call or opening a span, '<' for leaving or closing.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            TextByType = static type => (type.Number & 1) != 0 ? "<" : ">",
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = c.IsExit ? "<"u8 : ">"u8;
                return true;
            },
        })
        {
            Example = "evt.dir = <",
            Values = static () => [">", "<"],
        },
        new("evt.type", FieldType.Text, "Name of the system call; 'tracer' for a marker, 'switch' for a switch of threads.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            TextByType = static type => type.Name,
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = c.IsMarker ? "tracer"u8 : GenericCall.Is(c.Event.Type) ? SyscallTable.Utf8Name(GenericCall.Id(in c.Event)) : c.Info.Utf8Name;
                return true;
            },
        })
        {
            Example = "evt.type in (open, openat)",
            Values = static () => EventTable.Infos.Select(static i => i.Name).Append(MarkerType).Distinct().Order(),
        },
    ];
}
