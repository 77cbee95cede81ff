using System.Buffers.Binary;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <content>Sockets: addresses, and which side is the client.</content>
internal sealed partial class CaptureState
{
    private const int FamilyUnix = 1;
    private const int FamilyIpv4 = 2;
    private const int FamilyIpv6 = 10;
    private const int FamilyNetlink = 16;
    private const long InProgress = -115;
    private const int SendToEnter = 30;

    // Ports that a process of the capture listens on: how sysdig guesses the side of a socket that it did not see made.
    private readonly bool[] _serverPorts = new bool[ushort.MaxValue + 1];

    private readonly LocalAddresses _localAddresses = new();
    private readonly TextBuffer _unixName = new();

    /// <summary>How often a call that sends or receives has said what a socket's addresses are, other than before.</summary>
    public long AddressChanges { get; private set; }

    // The last event that gave a descriptor another name, by what tells it from all others.
    private long _renamedAt = long.MinValue;
    private int _renamedTid;
    private ushort _renamedType;

    /// <summary>Whether an event, which must be the last that was applied, gave its descriptor another name.</summary>
    public bool HasRenamed(scoped in EventView e) => e.Timestamp == _renamedAt && e.Tid == _renamedTid && e.Type == _renamedType;

    /// <summary>Whether an address is one of the machine or the container that a thread runs in.</summary>
    /// <remarks>The capture does not have the IPv6 addresses of containers, and sysdig takes none for their own.</remarks>
    public bool IsLocal(FdKind kind, InternetAddress address, TracedThread thread)
    {
        int container = thread.Identity.Details.Container;
        if (container == ContainerTable.Host)
            return _localAddresses.Has(kind == FdKind.Ipv6, address);
        return kind == FdKind.Ipv4 && (Containers.HasAddress(container, address) || _localAddresses.Has(false, address));
    }

    private void NoteRenaming(in EventView e, FdInfo? before, FdInfo after)
    {
        if ((before?.NameId ?? FdCatalog.EmptyName) == after.NameId)
            return;
        _renamedAt = e.Timestamp;
        _renamedTid = e.Tid;
        _renamedType = e.Type;
    }

    private void ApplySocket(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        // Without an enter event domain, type and protocol stand behind the result.
        bool entered = outcome.Thread.TryGetEnter(e.Type, out EventView asked);
        int at = 0;
        if (!entered)
        {
            if (e.ParameterCount < 4)
                return;
            asked = e;
            at = 1;
        }

        Transport transport = TransportOf(asked.UInt32(at + 1, 0) & 0xff, asked.UInt32(at + 2, 0));
        FdInfo? info = asked.UInt32(at, 0) switch
        {
            FamilyUnix => Fds.Unnamed(FdKind.Unix),
            FamilyIpv4 => Fds.Socket(FdKind.Ipv4, transport),
            FamilyIpv6 => Fds.Socket(FdKind.Ipv6, transport),
            FamilyNetlink => Fds.Unnamed(FdKind.Netlink),
            _ => null,
        };
        if (info is null)
            outcome.Thread.Fds.Remove(outcome.Result);
        else
            AddNew(ref outcome, info);
    }

    // By the numbers of socket(2): its type without flags, and its protocol.
    internal static Transport TransportOf(uint type, uint protocol) => protocol switch
    {
        6 => Transport.Tcp,
        17 => Transport.Udp,
        1 => Transport.Icmp,
        255 => Transport.Raw,
        0 => type switch { 1 => Transport.Tcp, 2 => Transport.Udp, 3 => Transport.Raw, _ => Transport.Unknown },
        _ => type == 3 ? Transport.Raw : Transport.Unknown,
    };

    private void ApplyBind(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result < 0 || outcome.Fd is not { } fd)
            return;

        ReadOnlySpan<byte> address = e.Parameter(1);
        if (address.IsEmpty)
            return;
        switch (address[0])
        {
            case FamilyUnix:
                FdInfo unix = Fds.UnixSocket(address[1..].UntilNul(), SocketRole.Server);
                NoteRenaming(in e, fd, unix);
                outcome.Thread.Fds.Update(outcome.FdNumber, unix);
                break;
            case FamilyIpv4 when address.Length >= 7:
            case FamilyIpv6 when address.Length >= 19:
                int size = address[0] == FamilyIpv4 ? 4 : 16;
                InternetAddress ip = InternetAddress.Read(address.Slice(1, size));
                ushort port = BinaryPrimitives.ReadUInt16LittleEndian(address[(1 + size)..]);
                FdKind kind = size == 4 || (ip.IsMapped && !ip.IsNone) ? FdKind.Ipv4 : FdKind.Ipv6;
                outcome.Fd = Fds.Bound(kind, fd.Transport, ip, port);
                NoteRenaming(in e, fd, outcome.Fd);
                outcome.Thread.Fds.Update(outcome.FdNumber, outcome.Fd);
                if (port != 0)
                    _serverPorts[port] = true;
                break;
        }
    }

    // A unix socket has the name that it is being connected to; an internet socket's own address is not known yet.
    private void BeginConnect(in EventView e, TracedThread thread)
    {
        ReadOnlySpan<byte> address = e.Parameter(1);
        if (address.IsEmpty || thread.Fds[thread.EnterFd] is not { } fd)
            return;
        FdKind kind = address[0] switch
        {
            FamilyUnix => FdKind.Unix,
            FamilyIpv4 => FdKind.Ipv4,
            FamilyIpv6 when address.Length >= 17 && InternetAddress.Read(address.Slice(1, 16)).IsMapped => FdKind.Ipv4,
            FamilyIpv6 => FdKind.Ipv6,
            _ => fd.Kind,
        };
        if (kind == FdKind.Unix && fd.Kind == FdKind.Unix)
        {
            FdInfo named = Fds.UnixSocket(address[1..].UntilNul(), fd.Role);
            NoteRenaming(in e, fd, named);
            thread.Fds.Update(thread.EnterFd, named);
        }
        else if (kind != fd.Kind && fd.Kind.IsNetwork() && !fd.IsNamed)
        {
            thread.Fds.Update(thread.EnterFd, Fds.Socket(kind, fd.Transport));
        }
    }

    // A descriptor that sends to an internet address is a socket, even if nobody saw it made; that it sends datagrams is a guess.
    private void InferSocket(ReadOnlySpan<byte> tuple, TracedThread thread)
    {
        if (thread.EnterFd >= 0 && !tuple.IsEmpty && tuple[0] is FamilyIpv4 or FamilyIpv6 && thread.Fds[thread.EnterFd] is null)
        {
            thread.Fds.Update(thread.EnterFd, Fds.Socket(tuple[0] == FamilyIpv4 ? FdKind.Ipv4 : FdKind.Ipv6, Transport.Udp));
            AddressChanges++;
        }
    }

    private void ApplyConnect(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Fd is null || (outcome.Result < 0 && outcome.Result != InProgress))
            return;
        SetTuple(in e, ref outcome, e.Parameter(1), outcome.Fd, SocketRole.Client);
    }

    private void ApplyAccept(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        outcome.FdNumber = outcome.Result;
        ReadOnlySpan<byte> tuple = e.Parameter(1);
        FdKind kind = tuple.IsEmpty ? FdKind.Unix : tuple[0] switch { FamilyIpv4 => FdKind.Ipv4, FamilyIpv6 => FdKind.Ipv6, _ => FdKind.Unix };
        FdInfo fresh = kind == FdKind.Unix ? Fds.Unnamed(kind) : Fds.Socket(kind, Transport.Tcp);
        outcome.Thread.Fds.Set(outcome.Result, fresh);
        outcome.Fd = fresh;
        SetTuple(in e, ref outcome, tuple, fresh, SocketRole.Server);
    }

    private void ApplySend(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;
        ReadOnlySpan<byte> tuple = outcome.Thread.TryGetEnter(e.Type, out EventView enter) ? enter.Parameter(2) : e.Parameter(4);
        SetTupleFromTraffic(in e, ref outcome, tuple, outcome.Fd!, sends: true);
    }

    private void ApplyReceive(in EventView e, int tupleIndex, ref EventOutcome outcome)
    {
        if (outcome.Result >= 0)
            SetTupleFromTraffic(in e, ref outcome, e.Parameter(tupleIndex), outcome.Fd!, sends: false);
    }

    private void SetTupleFromTraffic(in EventView e, ref EventOutcome outcome, ReadOnlySpan<byte> tuple, FdInfo fd, bool sends)
    {
        if (!TryReadTuple(tuple, out FdKind kind, out InternetAddress source, out ushort sourcePort, out InternetAddress destination, out ushort destinationPort))
            return;

        InternetAddress.Unmap(ref kind, ref source, ref destination);
        _localAddresses.Complete(kind, ref source, sourcePort, ref destination, destinationPort);

        // The tuple has the sender first; a socket's source is its client.
        SocketRole role = fd.Role;
        if (role == SocketRole.Unknown)
        {
            // Who is asked before it asks serves; of IPv6, sysdig goes by the ports alone.
            ushort local = sends ? sourcePort : destinationPort;
            role = _serverPorts[local] || (!sends && kind == FdKind.Ipv4) ? SocketRole.Server : SocketRole.Client;
        }

        bool swap = sends == (role == SocketRole.Server);
        outcome.Fd = swap
            ? Fds.Connection(kind, fd.Transport, role, destination, destinationPort, source, sourcePort)
            : Fds.Connection(kind, fd.Transport, role, source, sourcePort, destination, destinationPort);
        NoteRenaming(in e, fd, outcome.Fd);
        if (outcome.Fd != fd)
            AddressChanges++;
        outcome.Thread.Fds.Update(outcome.FdNumber, outcome.Fd);
    }

    private void SetTuple(in EventView e, ref EventOutcome outcome, ReadOnlySpan<byte> tuple, FdInfo fd, SocketRole role)
    {
        FdInfo? info = null;
        if (TryReadTuple(tuple, out FdKind kind, out InternetAddress source, out ushort sourcePort, out InternetAddress destination, out ushort destinationPort))
            info = Fds.Connection(kind, fd.Transport, fd.Role == SocketRole.Unknown ? role : fd.Role, source, sourcePort, destination, destinationPort);
        else if (tuple.Length > 17 && tuple[0] == FamilyUnix)
            info = Fds.UnixSocket(UnixName(tuple), role);
        if (info is null)
            return;

        NoteRenaming(in e, fd, info);
        outcome.Thread.Fds.Update(outcome.FdNumber, info);
        outcome.Fd = info;
    }

    // A connected socket is named by the kernel's addresses of its ends and the path, as the call's own text is.
    private ReadOnlySpan<byte> UnixName(ReadOnlySpan<byte> tuple)
    {
        _unixName.Length = 0;
        SocketText.AppendTuple(_unixName, tuple);
        return _unixName.Written;
    }

    private static bool TryReadTuple(
        ReadOnlySpan<byte> tuple, out FdKind kind, out InternetAddress source, out ushort sourcePort, out InternetAddress destination, out ushort destinationPort)
    {
        (kind, int size) = tuple.IsEmpty ? (FdKind.Unsupported, 0) : tuple[0] switch
        {
            FamilyIpv4 => (FdKind.Ipv4, 4),
            FamilyIpv6 => (FdKind.Ipv6, 16),
            _ => (FdKind.Unsupported, 0),
        };
        if (size == 0 || tuple.Length < 1 + 2 * (size + 2))
        {
            (source, sourcePort, destination, destinationPort) = (default, 0, default, 0);
            return false;
        }

        source = InternetAddress.Read(tuple.Slice(1, size));
        sourcePort = BinaryPrimitives.ReadUInt16LittleEndian(tuple[(1 + size)..]);
        destination = InternetAddress.Read(tuple.Slice(3 + size, size));
        destinationPort = BinaryPrimitives.ReadUInt16LittleEndian(tuple[(3 + 2 * size)..]);
        return true;
    }
}
