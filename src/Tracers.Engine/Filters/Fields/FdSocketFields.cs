using System.Net;
using System.Text;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The addresses and ports of the socket that a call works on.</summary>
internal static class FdSocketFields
{
    private static readonly byte[]?[] s_transports = [null, null, "tcp"u8.ToArray(), "udp"u8.ToArray(), "icmp"u8.ToArray(), "raw"u8.ToArray()];

    /// <summary>Which end of a connection.</summary>
    private enum End
    {
        Client,
        Server,
        Local,
        Remote,
    }

    private const string WhenNone = "None for other descriptors, and where the capture does not say which side is which.";

    public static FieldInfo[] All { get; } =
    [
        Either("fd.ip", FieldType.Address, "Address of either end of an internet socket.", "fd.ip = 10.0.0.5"),
        Address("fd.cip", "Address of the client.", End.Client),
        Address("fd.sip", "Address of the server, or the one that a socket listens on.", End.Server),
        Address("fd.lip", "Address of this end.", End.Local),
        Address("fd.rip", "Address of the other end.", End.Remote),
        EitherPort("fd.port", "Port of either end of an internet socket, as a number or a service's name.", "fd.port in (80, https)"),
        Port("fd.cport", "Port of the client.", End.Client),
        Port("fd.sport", "Port of the server, or the one that a socket listens on.", End.Server),
        Port("fd.lport", "Port of this end.", End.Local),
        Port("fd.rport", "Port of the other end.", End.Remote),
        new("fd.l4proto", FieldType.Text, "Protocol of an internet socket: tcp, udp, icmp or raw. " + WhenNone, static _ => new FieldReader
        {
            Type = FieldType.Text,
            Identity = static (scoped in EventContext c, out long value) => (value = (long)TransportOf(in c)) != 0,
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = s_transports[(int)TransportOf(in c)];
                return !value.IsEmpty;
            },
        })
        {
            Example = "fd.l4proto = udp",
            Values = static () => s_transports.OfType<byte[]>().Select(Encoding.ASCII.GetString),
        },
        NewField.Text(
            "fd.sockfamily", "Family of a socket: ip or unix. None for other descriptors.", "fd.sockfamily = unix",
            static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                FdKind? kind = FdFields.Of(in c)?.Kind;
                value = kind == FdKind.Unix ? "unix"u8 : "ip"u8;
                return kind is FdKind.Unix or FdKind.Ipv4 or FdKind.Ipv6;
            },
            static () => ["ip", "unix"]),
        NewField.Boolean("fd.is_server", "Whether this side is the server: the socket listens, or the server's address is this machine's. False for other descriptors; none where it is not known.", "fd.is_server = true", static (scoped in EventContext c, out long value) =>
        {
            FdInfo? fd = FdFields.Of(in c);
            value = fd is not null && IsServer(fd, in c) ? 1 : 0;
            return fd is not null;
        }),
        EitherPort("fd.proto", "Service of either end of an internet socket, by the name or the number of its port.", "fd.proto = https"),
        Port("fd.cproto", "Service of the client, by the name or the number of its port.", End.Client),
        Port("fd.sproto", "Service of the server, by the name or the number of its port.", End.Server),
        Port("fd.lproto", "Service of this end, by the name or the number of its port.", End.Local),
        Port("fd.rproto", "Service of the other end, by the name or the number of its port.", End.Remote),
        Either("fd.net", FieldType.Network, "Network that either end of an internet socket lies in.", "fd.net = 10.0.0.0/8"),
        Network("fd.cnet", "Network that the client lies in.", End.Client),
        Network("fd.snet", "Network that the server lies in.", End.Server),
        Network("fd.lnet", "Network that this end lies in.", End.Local),
        Network("fd.rnet", "Network that the other end lies in.", End.Remote),
        NewField.Boolean("fd.connected", "Whether an internet socket has another end, or a unix socket was connected; false for other descriptors, none where it is not known.", "fd.connected = true", static (scoped in EventContext c, out long value) =>
        {
            FdInfo? fd = FdFields.Of(in c);
            value = fd is not null && IsConnected(fd) ? 1 : 0;
            return fd is not null;
        }),
        NewField.Boolean("fd.name_changed", "Whether the event gave the descriptor a name, or another one, as an open does, or a datagram to another address; none where the descriptor is not known.", "fd.name_changed = true", static (scoped in EventContext c, out long value) =>
        {
            FdInfo? fd = FdFields.Of(in c);
            value = fd is not null && (c.Pass.State.HasRenamed(in c.Event) || (FdFields.IsNew(in c) && fd.IsNamed)) ? 1 : 0;
            return fd is not null;
        }),
        HostName("fd.cip.name", "the client"),
        HostName("fd.sip.name", "the server"),
        HostName("fd.lip.name", "this end"),
        HostName("fd.rip.name", "the other end"),
    ];

    private static IPEndPoint? EndOf(scoped in EventContext c, End end)
    {
        if (FdFields.Of(in c) is not { Tuple: { } tuple } fd)
            return null;

        // A socket that listens has but one end, and that is the server's whoever knows what it is.
        if (tuple.Destination is null)
            return end == End.Server && fd.Role == SocketRole.Server ? tuple.Source : null;
        if (fd.Role == SocketRole.Unknown)
            return null;
        bool source = end switch
        {
            End.Client => true,
            End.Server => false,
            End.Local => IsLocal(fd, tuple.Source, in c),
            _ => !IsLocal(fd, tuple.Source, in c),
        };
        return source ? tuple.Source : tuple.Destination;
    }

    private static bool IsLocal(FdInfo fd, IPEndPoint end, scoped in EventContext c) => c.Pass.State.IsLocal(fd.Kind, InternetAddress.Read(end.Address), c.Thread);

    private static bool IsServer(FdInfo fd, scoped in EventContext c) =>
        fd.Tuple is { } tuple && (tuple.Destination is { } server ? IsLocal(fd, server, in c) : fd.Role == SocketRole.Server);

    // A unix socket that is connected has both ends in its name.
    private static bool IsConnected(FdInfo fd) => fd.Kind == FdKind.Unix
        ? fd.Name.IndexOf("->"u8) >= 0
        : fd.Tuple is { Destination: { } other } && (other.Port != 0 || !InternetAddress.Read(other.Address).IsNone);

    // As in sysdig of a socket whose side is not known only that it is raw.
    private static Transport TransportOf(scoped in EventContext c) =>
        FdFields.Of(in c) is { } fd && fd.Kind.IsNetwork() && (fd.Role != SocketRole.Unknown || fd.Transport == Transport.Raw) ? fd.Transport : Transport.Unknown;

    private static FieldAddress AddressOf(IPEndPoint end)
    {
        InternetAddress address = InternetAddress.Read(end.Address);
        return new FieldAddress(end.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6, address);
    }

    private static FieldInfo Address(string name, string description, End end) => OfAddress(name, FieldType.Address, $"{description} {WhenNone}", $"{name} = 10.0.0.5", end);

    private static FieldInfo Network(string name, string description, End end) =>
        OfAddress(name, FieldType.Network, $"{description} {WhenNone}", $"{name} = 10.0.0.0/8", end) with { FilterOnly = true };

    private static FieldInfo OfAddress(string name, FieldType type, string description, string example, End end) => new(name, type, description, _ => new FieldReader
    {
        Type = type,
        Address = (scoped in EventContext c, out FieldAddress value) =>
        {
            IPEndPoint? found = EndOf(in c, end);
            value = found is null ? default : AddressOf(found);
            return found is not null;
        },
    })
    {
        Example = example,
    };

    private static FieldInfo Port(string name, string description, End end) => NewField.Number(
        name, $"{description} {WhenNone}", $"{name} = 443",
        (scoped in EventContext c, out long value) =>
        {
            IPEndPoint? found = EndOf(in c, end);
            value = found is null ? 0 : found.Port;
            return found is not null;
        },
        FieldType.Port);

    private static FieldInfo HostName(string name, string whose) => NewField.Text(
        name, $"Name of the host at the address of {whose}. None: a capture does not hold it, and names of today may be those of others.", $"{name} exists",
        static (scoped in EventContext _, out ReadOnlySpan<byte> value) =>
        {
            value = default;
            return false;
        });

    private static FieldInfo Either(string name, FieldType type, string description, string example) => new(name, type, description + " With != neither end.", _ => new FieldReader
    {
        Type = type,
        DiffersAsAWhole = true,
        EachAddress = static (scoped in EventContext c, ref FieldCursor cursor, out FieldAddress value) => TryNext(in c, ref cursor, out value, out long _),
    })
    {
        Example = example,
        FilterOnly = true,
    };

    private static FieldInfo EitherPort(string name, string description, string example) => new(name, FieldType.Port, description + " With != neither end.", static _ => new FieldReader
    {
        Type = FieldType.Port,
        DiffersAsAWhole = true,
        EachNumber = static (scoped in EventContext c, ref FieldCursor cursor, out long value) => TryNext(in c, ref cursor, out FieldAddress _, out value),
    })
    {
        Example = example,
        FilterOnly = true,
    };

    // Whether or not it is known which end is whose. A socket that has no address yet has 0.0.0.0 or ::, and the port 0.
    private static bool TryNext(scoped in EventContext c, ref FieldCursor cursor, out FieldAddress address, out long port)
    {
        (address, port) = (default, 0);
        if (FdFields.Of(in c) is not { } fd || !fd.Kind.IsNetwork())
            return false;
        if (fd.Tuple is null)
        {
            address = new FieldAddress(fd.Kind == FdKind.Ipv6, default);
            return cursor.Count++ == 0;
        }

        IPEndPoint? end = cursor.Count++ switch
        {
            0 => fd.Tuple.Source,
            1 => fd.Tuple.Destination,
            _ => null,
        };
        if (end is null)
            return false;
        (address, port) = (AddressOf(end), end.Port);
        return true;
    }
}
