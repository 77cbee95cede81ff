using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>What a call returned, and whether it reads, writes or waits.</summary>
internal static class EvtResultFields
{
    private const int OpenExit = 3;
    private const int ConnectExit = 23;
    private const int AcceptExit = 27;
    private const int OldAccept4Exit = 57;
    private const int CreatExit = 59;
    private const int OldOpenatEnter = 102;
    private const int OldOpenatExit = 103;
    private const int Accept5Exit = 247;
    private const int Accept4Exit = 249;
    private const int OpenatExit = 307;
    private const int Openat2Exit = 327;
    private const int Accept4Exit6 = 389;

    private const uint ReadOnly = 1;
    private const uint WriteOnly = 2;
    private const uint CreatesFile = 4 | 0x2000;
    private const uint AnyExecutes = 0x49;

    // Where the result stands in each type of event: what is called res, or in what makes descriptors fd. −1 for none.
    private static readonly sbyte[] s_result = Array.ConvertAll(EventTable.Infos, static i => (sbyte)ResultOf(i));

    public static FieldInfo[] All { get; } =
    [
        NewField.Number("evt.buflen", "Bytes that a read or write moved, as the call says; none where it failed, on entering it, and where its descriptor is not known.", "evt.buflen > 64KB", static (scoped in EventContext c, out long value) =>
        {
            value = c.Outcome.Result;
            return !c.IsMarker && c.Event.IsExit && EvtFields.IsIo(c.Event.Type) && c.Fd is not null && value >= 0;
        }, unit: FieldUnit.Bytes),
        new("evt.res", FieldType.Text, "SUCCESS, or the name of the error such as ENOENT, on leaving a call; none for other events.", static _ =>
        {
            TextBuffer text = new();
            return new FieldReader
            {
                Type = FieldType.Text,
                Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
                {
                    value = "SUCCESS"u8;
                    if (!TryResult(in c, out long result))
                        return false;
                    if (result < 0)
                    {
                        text.Length = 0;
                        if (ErrnoNames.Name(-result) is { } name)
                            text.Append(name);
                        else
                            text.Append(result);
                        value = text.Written;
                    }

                    return true;
                },
            };
        })
        {
            Example = "evt.res = EAGAIN",
            Values = static () => Enumerable.Range(1, 530).Select(static n => ErrnoNames.Name(n)).OfType<string>().Prepend("SUCCESS"),
        },
        NewField.Number("evt.rawres", "What the call returned, as a number: negative for an error. None for events that leave no call.", "evt.rawres < 0", TryResult, FieldType.Number),
        NewField.Boolean("evt.failed", "Whether the call returned an error; false also for events that leave no call.", "evt.failed = true", static (scoped in EventContext c, out long value) =>
        {
            value = TryResult(in c, out long result) && result < 0 ? 1 : 0;
            return true;
        }),

        ByTrait("evt.is_io", "Whether it reads from a descriptor or writes to one; false for markers.", EventTraits.Io),
        ByTrait("evt.is_io_read", "Whether it reads from a descriptor.", EventTraits.Reads),
        ByTrait("evt.is_io_write", "Whether it writes to a descriptor; false for markers.", EventTraits.Writes),
        new("evt.io_dir", FieldType.Text, "'read' for what reads from a descriptor, 'write' for what writes to one, none for other events and for markers.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            TextByType = static type => (type.Traits & EventTraits.Writes) != 0 ? "write" : (type.Traits & EventTraits.Reads) != 0 ? "read" : null,
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                EventTraits traits = c.Info.Traits;
                value = (traits & EventTraits.Writes) != 0 ? "write"u8 : "read"u8;
                return !c.IsMarker && (traits & EventTraits.Io) != 0;
            },
        })
        {
            Example = "evt.io_dir = write",
            Values = static () => ["read", "write"],
        },
        ByTrait("evt.is_wait", "Whether the call makes the thread wait: poll, select, nanosleep, ...", EventTraits.Waits),
        NewField.Boolean("evt.is_syslog", "Whether it writes to the system's log, /dev/log.", "evt.is_syslog = true", static (scoped in EventContext c, out long value) =>
        {
            value = !c.IsMarker && (c.Info.Traits & EventTraits.Writes) != 0 && c.Fd is { IsSystemLog: true } ? 1 : 0;
            return true;
        }),

        Errors("evt.count.error", "a call that failed", static (scoped in EventContext _) => true),
        Errors("evt.count.error.file", "a call on files or directories that failed", static (scoped in EventContext c) => c.Fd is { } fd ? IsFile(fd) : OpensFile(c.Event.Type)),
        Errors("evt.count.error.net", "a call on sockets that failed", static (scoped in EventContext c) => c.Fd is { } fd ? IsSocket(fd) : OpensSocket(c.Event.Type)),
        Errors("evt.count.error.memory", "a call on memory that failed", static (scoped in EventContext c) => EventCategories.Of(in c.Event, in c.Outcome) == EventCategory.Memory),
        Errors("evt.count.error.other", "a call that failed and is counted as none of file, net and memory", static (scoped in EventContext c) => c.Fd is { } fd
            ? !IsFile(fd) && !IsSocket(fd)
            : !OpensFile(c.Event.Type) && !OpensSocket(c.Event.Type) && EventCategories.Of(in c.Event, in c.Outcome) != EventCategory.Memory),

        Opens("evt.is_open_read", "Whether an open, openat or openat2 asks to read.", static (scoped in EventContext c) => (OpenFlags(in c) & ReadOnly) != 0),
        Opens("evt.is_open_write", "Whether an open, openat or openat2 asks to write.", static (scoped in EventContext c) => (OpenFlags(in c) & WriteOnly) != 0),
        Opens("evt.is_open_exec", "Whether an open, openat, openat2 or creat makes a file that can be executed.", static (scoped in EventContext c) => c.Event.Type == CreatExit
            ? (c.Event.UInt32(2, 0) & AnyExecutes) != 0
            : (OpenFlags(in c) & CreatesFile) != 0 && (c.Event.UInt32(FlagsAt(c.Event.Type) + 1, 0) & AnyExecutes) != 0),
    ];

    private delegate bool Test(scoped in EventContext context);

    /// <summary>What a call returned; false for what is no exit of a call, and for markers.</summary>
    private static bool TryResult(scoped in EventContext c, out long value)
    {
        value = 0;
        int at = c.IsMarker ? -1 : s_result[c.Event.Type];
        if (at < 0 || !ParameterText.TryRead(c.Event.Parameter(at), signed: true, out ulong bits))
            return false;
        value = (long)bits;
        return true;
    }

    private static int ResultOf(EventInfo info)
    {
        int result = Array.FindIndex(info.Parameters, static p => p.Name == "res");
        return result >= 0 || (info.Traits & EventTraits.CreatesFd) == 0 || (info.Number & 1) == 0 ? result : Array.FindIndex(info.Parameters, static p => p.Name == "fd");
    }

    private static FieldInfo ByTrait(string name, string description, EventTraits trait) =>
        NewField.ByType(name, FieldType.Boolean, description, $"{name} = true", type => (type.Traits & trait) != 0 ? 1 : 0, (0, 0));

    private static FieldInfo Errors(string name, string what, Test counts) =>
        NewField.Number(name, $"1 for {what}, none for all others: for tables that count errors.", $"{name} = 1", (scoped in EventContext c, out long value) =>
        {
            value = 1;
            return TryResult(in c, out long result) && result < 0 && counts(in c);
        });

    private static FieldInfo Opens(string name, string description, Test test) => NewField.Boolean(name, description + " False for other events.", $"{name} = true", (scoped in EventContext c, out long value) =>
    {
        value = !c.IsMarker && test(in c) ? 1 : 0;
        return true;
    });

    private static uint OpenFlags(scoped in EventContext c) => FlagsAt(c.Event.Type) is > 0 and var at ? c.Event.UInt32(at, 0) : 0;

    private static int FlagsAt(int type) => type switch
    {
        OpenExit or OldOpenatEnter => 2,
        OpenatExit or Openat2Exit => 3,
        _ => 0,
    };

    private static bool IsFile(FdInfo fd) => fd.Kind is FdKind.File or FdKind.Directory;

    private static bool IsSocket(FdInfo fd) => fd.Kind is FdKind.Ipv4 or FdKind.Ipv6 or FdKind.Unix;

    private static bool OpensFile(int type) => type is OpenExit or CreatExit or OldOpenatExit or OpenatExit or Openat2Exit;

    private static bool OpensSocket(int type) => type is AcceptExit or OldAccept4Exit or Accept5Exit or Accept4Exit or Accept4Exit6 or ConnectExit;
}
