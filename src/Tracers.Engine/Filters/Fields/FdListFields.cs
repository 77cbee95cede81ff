using System.Buffers.Binary;
using System.Net;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The descriptors that a poll waits for.</summary>
internal static class FdListFields
{
    private const int PollEnter = 80;
    private const int PollExit = 81;
    private const int PpollEnter = 254;
    private const int PpollExit = 255;
    private const int EntrySize = 10;
    private const int LongestAddress = 65;
    private const string WhenNone = " None for other calls than poll and ppoll.";

    /// <summary>Appends what one descriptor of the list has; false, and nothing, when it has none.</summary>
    private delegate bool Append(TextBuffer text, long number, FdInfo? fd);

    public static FieldInfo[] All { get; } =
    [
        List("fdlist.nums", "Numbers of the descriptors, with commas between them." + WhenNone, "fdlist.nums = \"3,5\"", static (text, number, _) =>
        {
            text.Append(number);
            return true;
        }),
        List("fdlist.names", "Names of the descriptors, with commas between them; <NA> for one without a name." + WhenNone, "fdlist.names contains eventfd", static (text, _, fd) =>
        {
            text.Append(fd is { IsNamed: true } ? fd.Name : "<NA>"u8);
            return true;
        }),
        List("fdlist.cips", "Client addresses of the internet sockets among the descriptors, with commas between them." + WhenNone, "fdlist.cips contains 10.0.0.5", static (text, _, fd) => TryAddress(text, Client(fd))),
        List("fdlist.sips", "Server addresses of the internet sockets among the descriptors, with commas between them." + WhenNone, "fdlist.sips contains 10.0.0.5", static (text, _, fd) => TryAddress(text, Server(fd))),
        List("fdlist.cports", "Client ports of the internet sockets among the descriptors, with commas between them." + WhenNone, "fdlist.cports contains 443", static (text, _, fd) => TryPort(text, Client(fd))),
        List("fdlist.sports", "Server ports of the internet sockets among the descriptors, with commas between them." + WhenNone, "fdlist.sports contains 443", static (text, _, fd) => TryPort(text, Destination(fd))),
    ];

    private static FieldInfo List(string name, string description, string example, Append append) => NewField.BuiltText(name, description, example, text => (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
    {
        value = default;
        int at = c.Event.Type switch
        {
            PollEnter or PpollEnter => 0,
            PollExit or PpollExit => 1,
            _ => -1,
        };
        if (at < 0)
            return false;
        text.Length = 0;
        ReadOnlySpan<byte> data = c.Event.Parameter(at);
        int count = data.Length < sizeof(ushort) ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(data);
        data = data.IsEmpty ? data : data[Math.Min(sizeof(ushort), data.Length)..];
        for (int i = 0; i < count && data.Length >= EntrySize; i++, data = data[EntrySize..])
        {
            long number = BinaryPrimitives.ReadInt64LittleEndian(data);
            if (append(text, number, c.Thread.Fds[number]))
                text.Append((byte)',');
        }

        if (text.Length == 0)
            return false;
        text.Length--;
        value = text.Written;
        return true;
    });

    // Whether or not it is known which end is whose, as in sysdig.
    private static IPEndPoint? Client(FdInfo? fd) => fd?.Tuple is { Destination: not null } tuple ? tuple.Source : null;

    private static IPEndPoint? Server(FdInfo? fd) => fd?.Tuple is { } tuple ? tuple.Destination ?? tuple.Source : null;

    private static IPEndPoint? Destination(FdInfo? fd) => fd?.Tuple?.Destination;

    private static bool TryAddress(TextBuffer text, IPEndPoint? end)
    {
        if (end is null)
            return false;
        end.Address.TryFormat(text.Reserve(LongestAddress), out int written);
        text.Length += written;
        return true;
    }

    private static bool TryPort(TextBuffer text, IPEndPoint? end)
    {
        if (end is null)
            return false;
        text.Append((long)end.Port);
        return true;
    }
}
