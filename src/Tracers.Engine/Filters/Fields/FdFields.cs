using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The descriptor that a call works on.</summary>
internal static class FdFields
{
    private const EventTraits AnyFd = EventTraits.CreatesFd | EventTraits.UsesFd | EventTraits.DestroysFd;
    private const int ConnectExit = 23;
    private const int SocketPairExit = 43;
    private const int PipeExit = 61;
    private const int OldOpenatExit = 103;
    private const int DupExit = 125;
    private const int FcntlExit = 151;
    private const int OpenatExit = 307;
    private const int Openat2Exit = 327;
    private const int Dup2Exit = 363;
    private const int Dup3Exit = 365;
    private const int Dup1Exit = 367;
    private const int Pipe2Exit = 393;

    private static readonly byte[]?[] s_types = [.. Enum.GetValues<FdKind>().Select(static k => k.Name() is { } name ? Encoding.UTF8.GetBytes(name) : null)];
    private static readonly byte[] s_letters = [.. Enum.GetValues<FdKind>().Select(static k => (byte)k.Letter())];

    // The letter of what a call makes, for one that failed.
    private static readonly byte[] s_intended = [.. EventTable.Infos.Select(Intended)];

    public static FieldInfo[] All { get; } =
    [
        NewField.Number("fd.num", "Number of the descriptor; none where the event has none, or it is not known.", "fd.num <= 2", static (scoped in EventContext c, out long value) =>
        {
            value = NumberOf(in c);
            return value >= 0;
        }, FieldType.Number),
        new("fd.type", FieldType.Text, "Type of the descriptor; none where it is not known.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            Identity = static (scoped in EventContext c, out long value) =>
            {
                FdInfo? fd = Of(in c);
                value = fd is null ? 0 : (long)fd.Kind;
                return fd is not null;
            },
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = Of(in c) is { } fd ? s_types[(int)fd.Kind] : default;
                return !value.IsEmpty;
            },
        })
        {
            Example = "fd.type = ipv4",
            Values = static () => Enum.GetValues<FdKind>().Select(static k => k.Name()).OfType<string>(),
        },
        NewField.Text(
            "fd.typechar", "Letter of the type: f file, d directory, 4 and 6 internet sockets, u unix socket, p pipe, e event, s signalfd, l epoll, i inotify, t timer, n netlink; o where it is not known. None for events without a descriptor.", "fd.typechar = 4",
            static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = default;
                if (!IsOf(in c))
                    return false;
                value = Of(in c) is { } fd ? s_letters.AsSpan((int)fd.Kind, 1) : s_intended.AsSpan(c.Event.Type, 1);
                return true;
            },
            static () => s_letters.Append((byte)'o').Select(static l => ((char)l).ToString()).Distinct()),
        Name("fd.name", "Whole name of the descriptor: a path, or the addresses of a socket. Of an open, accept or connect that failed what it asked for; empty on leaving a call on a descriptor that is not known; none on entering one.", "fd.name contains /etc/", withContainer: false),
        Directory("fd.directory", "Directory of a file; a directory itself. None for other descriptors.", "fd.directory = /tmp", withContainer: false),
        new("fd.filename", FieldType.Text, "Name of a file without its directory; none for other descriptors.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            Identity = static (scoped in EventContext c, out long value) =>
            {
                FdInfo? fd = Of(in c);
                value = fd is null ? 0 : fd.NameId;
                return fd is { Kind: FdKind.File };
            },
            Text = FileName,
        })
        {
            Example = "fd.filename endswith .so",
        },
        new("fd.uid", FieldType.Text, "Number of the thread and of the descriptor in one: 1004 for descriptor 4 of thread 100. None where the descriptor is not known.", static _ =>
        {
            TextBuffer text = new();
            return new FieldReader
            {
                Type = FieldType.Text,
                Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
                {
                    value = default;
                    long number = NumberOf(in c);
                    if (number < 0)
                        return false;
                    text.Length = 0;
                    text.Append((long)c.Event.Tid);
                    text.Append(number);
                    value = text.Written;
                    return true;
                },
            };
        })
        {
            Example = "fd.uid = 1004",
        },
        Name("fd.containername", "Id of the container, a colon and the descriptor's name; nothing before the colon outside of containers.", "fd.containername endswith :/dev/null", withContainer: true),
        Directory("fd.containerdirectory", "Id of the container, a colon and the directory of the file; nothing before the colon outside of containers.", "fd.containerdirectory = :/tmp", withContainer: true),
        .. FdSocketFields.All,
        Device("fd.dev", "Number of the device that a file lies on, as the kernel keeps it. None where the capture does not say.", "fd.dev = 0x800001", static device => device),
        Device("fd.dev.major", "Major number of the device that a file lies on; none where the capture does not say.", "fd.dev.major = 8", static device => device >> 8 & 0xfff),
        Device("fd.dev.minor", "Minor number of the device that a file lies on; none where the capture does not say.", "fd.dev.minor = 1", static device => (device & 0xff) | (device >> 12 & 0xfff00)),
    ];

    /// <summary>Whether an event is one that has a descriptor.</summary>
    public static bool IsOf(scoped in EventContext c) => !c.IsMarker && (c.Info.Traits & AnyFd) != 0;

    /// <summary>The descriptor of an event; null where it has none, or it is not known.</summary>
    public static FdInfo? Of(scoped in EventContext c) => !IsOf(in c) ? null : TryMade(in c, out long made) ? c.Thread.Fds[made] : c.Fd;

    /// <summary>Whether the call has just made the descriptor, and not as a copy of another one.</summary>
    public static bool IsNew(scoped in EventContext c) => c.Event.IsExit && (c.Info.Traits & (EventTraits.CreatesFd | EventTraits.UsesFd)) == EventTraits.CreatesFd;

    private static long NumberOf(scoped in EventContext c) => !IsOf(in c) ? -1 : TryMade(in c, out long made) ? made : c.FdNumber;

    // Of a call that copies a descriptor the copy, and of the two that a pair has the second, as in sysdig.
    private static bool TryMade(scoped in EventContext c, out long number)
    {
        number = c.Event.Type switch
        {
            SocketPairExit or PipeExit or Pipe2Exit when c.Outcome.Result >= 0 => c.Event.Int64(2, -1),
            DupExit or Dup2Exit or Dup3Exit or Dup1Exit when c.Fd is not null => c.Outcome.Result,
            FcntlExit when c.Fd is not null && CaptureState.IsCopy(in c.Event, in c.Outcome) => c.Outcome.Result,
            _ => -1,
        };
        return number >= 0;
    }

    private static FieldInfo Name(string name, string description, string example, bool withContainer) => new(name, FieldType.Text, description, _ =>
    {
        TextBuffer text = new();
        FieldReader.TextOf read = (scoped in EventContext c, out ReadOnlySpan<byte> value) => TryName(text, in c, out value);
        return Reader(withContainer, read, static (scoped in EventContext c, out long value) =>
        {
            FdInfo? fd = Of(in c);
            value = fd is null ? 0 : fd.NameId;
            return fd is not null && !HasFailedToConnect(in c);
        });
    })
    {
        Example = example,
    };

    private static FieldInfo Directory(string name, string description, string example, bool withContainer) => new(name, FieldType.Text, description, _ =>
    {
        TextBuffer text = new();
        FieldReader.TextOf read = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            value = default;
            if (!IsOf(in c))
                return false;
            FdInfo? fd = Of(in c);
            if (fd is null)
            {
                if (!TryIntended(text, in c, out value))
                    return false;
                value = DirectoryOf(value);
                return true;
            }

            value = fd.Kind == FdKind.File ? DirectoryOf(fd.Name) : fd.Name;
            return fd.Kind is FdKind.File or FdKind.Directory;
        };
        return Reader(withContainer, read, static (scoped in EventContext c, out long value) =>
        {
            // A file and a directory can have the same name.
            FdInfo? fd = Of(in c);
            value = fd is null ? 0 : (2L * fd.NameId) + (fd.Kind == FdKind.Directory ? 1 : 0);
            return fd is { Kind: FdKind.File or FdKind.Directory };
        });
    })
    {
        Example = example,
    };

    private static FieldReader.TextOf InContainer(TextBuffer whole, FieldReader.TextOf read) => (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
    {
        if (!read(in c, out value))
            return false;
        whole.Length = 0;
        ThreadIdentity thread = c.Thread.Identity;
        if (thread.Details.Container != ContainerTable.Host)
            whole.Append(c.Pass.State.Containers[thread.Details.Container].Id);
        whole.Append((byte)':');
        whole.Append(value);
        value = whole.Written;
        return true;
    };

    private static bool TryName(TextBuffer text, scoped in EventContext c, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!IsOf(in c))
            return false;
        if (Of(in c) is not { } fd || HasFailedToConnect(in c))
            return TryIntended(text, in c, out value);
        value = fd.Name;
        return true;
    }

    private static bool HasFailedToConnect(scoped in EventContext c) => c.Event.Type == ConnectExit && c.Outcome.Result < 0;

    // The name of what a call that failed was to make; empty for other exits, none for enter events.
    private static bool TryIntended(TextBuffer text, scoped in EventContext c, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!c.Event.IsExit)
            return false;
        LiveNames names = new(c.Pass.State, in c.Outcome);
        switch (c.Event.Type)
        {
            case 3 or 23 or 27 or 57 or 59 or 247 or 249 or 389:
                value = c.Event.ParameterCount > 1 ? ParameterText.Meaning(text, c.Info, 1, in c.Event, in names) : default;
                return true;
            case OldOpenatExit:
                if (!c.Outcome.HasEnter || !c.Thread.TryGetLeft(c.Event.Type, out EventView enter))
                    return false;
                value = Resolve(text, in c, enter.Int64(0, ParameterText.AtFdCwd), enter.Text(1));
                return true;
            case OpenatExit or Openat2Exit:
                value = Resolve(text, in c, c.Event.Int64(1, ParameterText.AtFdCwd), c.Event.Text(2));
                return true;
            default:
                return true;
        }
    }

    private static ReadOnlySpan<byte> Resolve(TextBuffer text, scoped in EventContext c, long directory, ReadOnlySpan<byte> path)
    {
        text.Length = 0;
        return PathResolver.Resolve(CaptureState.BaseDirectory(c.Thread, directory), path, text.Reserve(ScapLimits.PathLength)[..ScapLimits.PathLength]);
    }

    private static bool FileName(scoped in EventContext c, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (Of(in c) is not { Kind: FdKind.File } fd)
            return false;
        ReadOnlySpan<byte> name = fd.Name;
        int slash = name.LastIndexOf((byte)'/');
        value = slash < 0 ? "/"u8 : slash < name.Length - 1 ? name[(slash + 1)..] : name;
        return true;
    }

    private static ReadOnlySpan<byte> DirectoryOf(ReadOnlySpan<byte> path)
    {
        int slash = path.LastIndexOf((byte)'/');
        return slash <= 0 ? "/"u8 : slash < path.Length - 1 ? path[..slash] : path;
    }

    // The container in front makes it a text of its own, which no number stands for.
    private static FieldReader Reader(bool withContainer, FieldReader.TextOf read, FieldReader.NumberOf identity) => withContainer
        ? new FieldReader { Type = FieldType.Text, Text = InContainer(new TextBuffer(), read) }
        : new FieldReader { Type = FieldType.Text, Identity = identity, Text = read };

    private static FieldInfo Device(string name, string description, string example, Func<uint, uint> part) =>
        NewField.Number(name, description, example, (scoped in EventContext c, out long value) =>
        {
            uint device = Of(in c)?.Record?.Device ?? 0;
            value = part(device);
            return device != 0;
        }, needs: FilterNeeds.Records);

    private static byte Intended(EventInfo info) => (byte)((info.Number & ~1) switch
    {
        2 or 58 or 102 or 306 or 326 => 'f',
        18 or 26 or 56 or 246 or 248 or 388 => '4',
        60 => 'p',
        62 => 'e',
        126 => 's',
        136 => 't',
        138 => 'i',
        _ => 'o',
    });
}
