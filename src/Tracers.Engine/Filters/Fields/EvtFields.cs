using System.Globalization;
using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>What an event is.</summary>
internal static class EvtFields
{
    // What a listing calls a marker.
    private const string MarkerType = "tracer";

    // The descriptor's kind tells what is read, written or closed.
    private static readonly bool[] s_isIo = [.. EventTable.Infos.Select(static i => i.Category.StartsWith("io-", StringComparison.Ordinal))];
    private static readonly byte[][] s_categories = [.. Enum.GetValues<EventCategory>().Select(static c => Encoding.ASCII.GetBytes(c.Text()))];
    private static readonly Lazy<HashSet<string>> s_types = new(static () => [.. Types()]);
    private static readonly Lazy<HashSet<string>> s_knownCategories = new(static () => [.. Categories()]);

    public static FieldInfo[] All { get; } =
    [
        NewField.Number("evt.num", "Number of the event in the capture, from 1.", "evt.num >= 100", static (scoped in EventContext c, out long value) =>
        {
            value = c.Number;
            return true;
        }),
        .. EvtTimeFields.All,
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
            Text = TypeName,
            OnlyValues = s_types,
        })
        {
            Example = "evt.type in (open, openat)",
            Values = Types,
        },
        new("evt.type.is", FieldType.Unsigned, "1 for events of the named type, in all its versions; 0 for all others.", TypeIs)
        {
            Example = "evt.type.is.open = 1",
            Argument = FieldArgument.Name,
        },
        new("evt.category", FieldType.Text, "Kind of the event; of reads, writes and closes the kind of what is read, written or closed.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            OnlyValues = s_knownCategories,
            Identity = static (scoped in EventContext c, out long value) =>
            {
                value = (long)Category(in c);
                return true;
            },
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = s_categories[(int)Category(in c)];
                return true;
            },
        })
        {
            Example = "evt.category = net",
            Values = Categories,
        },
        NewField.Number("evt.cpu", "Number of the processor that the event happened on.", "evt.cpu = 0", static (scoped in EventContext c, out long value) =>
        {
            value = (short)c.Event.Cpu;
            return true;
        }, FieldType.Number),
        .. EvtParameterFields.All,
        .. EvtResultFields.All,
        NewField.ByType("evt.count", FieldType.Unsigned, "1: for tables that count events.", "evt.count = 1", static _ => 1, (1, 1)),
        NewField.ByType("evt.count.exit", FieldType.Unsigned, "1 for an event that leaves a call or closes a span, none for the others: for tables that count calls.", "evt.count.exit = 1", static type => (type.Number & 1) != 0 ? 1 : null, (null, 1)),
        Never("evt.pluginname", "Name of the plugin that made the event; none here, since captures with plugins' events are not read."),
        Never("evt.plugininfo", "What the plugin says of the event; none here, since captures with plugins' events are not read."),
    ];

    /// <summary>The one field of its class.</summary>
    public static FieldInfo[] OfSyscalls { get; } =
    [
        new("syscall.type", FieldType.Text, "Name of the system call, as evt.type; none for a switch of threads, a signal and what the recorder tells.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            TextByType = static type => IsCall(type) ? type.Name : null,
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = default;
                return (c.IsMarker || IsCall(c.Info)) && TypeName(in c, out value);
            },
        })
        {
            Example = "syscall.type = futex",
            Values = static () => EventTable.Infos.Where(IsCall).Select(static i => i.Name).Distinct().Order(),
        },
    ];

    /// <summary>Whether events of a type read, write or close a descriptor.</summary>
    public static bool IsIo(int type) => s_isIo[type];

    // Types of events, and the calls that have no type of their own.
    private static IEnumerable<string> Types() =>
        EventTable.Infos.Select(static i => i.Name).Concat(Enumerable.Range(0, SyscallTable.Count).Select(static id => GenericCall.Name(id))).Append(MarkerType).Distinct().Order();

    private static IEnumerable<string> Categories() => Enum.GetValues<EventCategory>().Select(static c => c.Text());

    private static bool TypeName(scoped in EventContext c, out ReadOnlySpan<byte> value)
    {
        value = c.IsMarker ? "tracer"u8 : GenericCall.Is(c.Event.Type) ? SyscallTable.Utf8Name(GenericCall.Id(in c.Event)) : c.Info.Utf8Name;
        return true;
    }

    private static bool IsCall(EventInfo type) =>
        (type.Traits & EventTraits.Detached) == 0 && type.Number != EventKinds.SchedulerSwitch && type.Category != EventInfo.InternalCategory;

    private static EventCategory Category(scoped in EventContext c) => c.IsMarker ? EventCategory.Other : EventCategories.Of(in c.Event, in c.Outcome);

    private static FieldReader TypeIs(FieldReference reference)
    {
        string name = reference.Name!;
        bool isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        string[] types = [.. EventTable.Infos.Select(static i => i.Name).Append(MarkerType)];
        if (!isNumber && !types.Contains(name))
            throw new FilterSyntaxException($"There is no type of events '{name}'.") { Position = reference.Position, Length = reference.Text.Length, FindNearest = () => NearestName.Of(name, types) };

        bool isMarker = name == MarkerType;
        return new FieldReader
        {
            Type = FieldType.Unsigned,
            NumberByType = type => IsIt(type) ? 1 : 0,
            Number = (scoped in EventContext c, out long value) =>
            {
                value = c.IsMarker ? isMarker ? 1 : 0 : IsIt(c.Info) ? 1 : 0;
                return true;
            },
        };

        bool IsIt(EventInfo type) => isNumber ? type.Number == number : type.Name == name;
    }

    private static FieldInfo Never(string name, string description) => NewField.Text(name, description, $"{name} exists", static (scoped in EventContext _, out ReadOnlySpan<byte> value) =>
    {
        value = default;
        return false;
    });
}
