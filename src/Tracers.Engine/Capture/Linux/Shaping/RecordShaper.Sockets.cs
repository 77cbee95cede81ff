using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Capture.Linux;

/// <content>Addresses and pairs of addresses, in the bytes of SOCKADDR and SOCKTUPLE.</content>
internal sealed partial class RecordShaper
{
    private const ushort FamilyUnix = 1;
    private const ushort FamilyIpv4 = 2;
    private const ushort FamilyIpv6 = 10;

    // struct copied_socket.
    private const int SocketLocalPort = 4;
    private const int SocketRemotePort = 6;
    private const int SocketLocal = 8;
    private const int SocketRemote = 24;
    private const int SocketOwn = 40;
    private const int SocketPeer = 48;
    private const int SocketPathLength = 66;
    private const int SocketPath = 72;

    // struct sockaddr_in, sockaddr_in6: family, port in network order, address.
    private const int PortAt = 2;
    private const int UnixPathBytes = 108;

    private static int AddressBytes(ushort family) => family == FamilyIpv4 ? 4 : 16;

    private static int AddressAt(ushort family) => family == FamilyIpv4 ? 4 : 8;

    private static ushort FamilyOf(ReadOnlySpan<byte> address) => address.Length < 2 ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(address);

    private static bool IsWhole(ReadOnlySpan<byte> address, ushort family) => address.Length >= AddressAt(family) + AddressBytes(family);

    // A family byte, the address, the port; or a path. Nothing of any other family, as sysdig's recorder does.
    private static int AddAddress(ReadOnlySpan<byte> address, Span<byte> room)
    {
        ushort family = FamilyOf(address);
        switch (family)
        {
            case FamilyIpv4 or FamilyIpv6 when IsWhole(address, family):
                room[0] = (byte)family;
                return 1 + AddEnd(address, family, room[1..]);
            case FamilyUnix:
                room[0] = (byte)FamilyUnix;
                return 1 + AddPath(address[2..], room[1..]);
            default:
                return 0;
        }
    }

    // From the socket's own end to where it sends. Without an address in the call: nothing, except that a connect tells by the kernel's word.
    private static int AddSent(ReadOnlySpan<byte> address, ReadOnlySpan<byte> socket, bool isConnect, Span<byte> room)
    {
        ushort family = FamilyOf(socket);
        bool isGiven = FamilyOf(address) == family;
        if (socket.Length < CopiedSocket.Size || !(isGiven || isConnect))
            return 0;
        switch (family)
        {
            case FamilyIpv4 or FamilyIpv6:
                if (!isGiven || !IsWhole(address, family))
                    return isConnect ? AddPair(socket, family, SocketLocal, SocketRemote, room) : 0;
                room[0] = (byte)family;
                int own = 1 + AddOwnEnd(socket, family, SocketLocal, room[1..]);
                return own + AddEnd(address, family, room[own..]);
            case FamilyUnix:
                return AddUnixPair(socket, SocketPeer, SocketOwn, isGiven ? address[2..] : PathOf(socket), room);
            default:
                return 0;
        }
    }

    // From the peer, which the kernel wrote into the caller's memory, to the socket's own end.
    private static int AddReceived(ReadOnlySpan<byte> address, ReadOnlySpan<byte> socket, Span<byte> room)
    {
        ushort family = FamilyOf(socket);
        if (socket.Length < CopiedSocket.Size || FamilyOf(address) != family)
            return 0;
        switch (family)
        {
            case FamilyIpv4 or FamilyIpv6 when IsWhole(address, family):
                room[0] = (byte)family;
                int peer = 1 + AddEnd(address, family, room[1..]);
                return peer + AddOwnEnd(socket, family, SocketLocal, room[peer..]);
            case FamilyUnix:
                return AddUnixPair(socket, SocketOwn, SocketPeer, PathOf(socket), room);
            default:
                return 0;
        }
    }

    private static int AddAccepted(ReadOnlySpan<byte> socket, Span<byte> room) =>
        socket.Length < CopiedSocket.Size ? 0 : FamilyOf(socket) switch
        {
            FamilyUnix => AddUnixPair(socket, SocketOwn, SocketPeer, PathOf(socket), room),
            FamilyIpv4 or FamilyIpv6 => AddPair(socket, FamilyOf(socket), SocketRemote, SocketLocal, room),
            _ => 0,
        };

    private static int AddPair(ReadOnlySpan<byte> socket, ushort family, int source, int destination, Span<byte> room)
    {
        room[0] = (byte)family;
        int first = 1 + AddOwnEnd(socket, family, source, room[1..]);
        return first + AddOwnEnd(socket, family, destination, room[first..]);
    }

    // Ports of the kernel's socket are in host order, those of an address in network order.
    private static int AddOwnEnd(ReadOnlySpan<byte> socket, ushort family, int at, Span<byte> room)
    {
        int size = AddressBytes(family);
        socket.Slice(at, size).CopyTo(room);
        socket.Slice(at == SocketLocal ? SocketLocalPort : SocketRemotePort, 2).CopyTo(room[size..]);
        return size + 2;
    }

    private static int AddEnd(ReadOnlySpan<byte> address, ushort family, Span<byte> room)
    {
        int size = AddressBytes(family);
        address.Slice(AddressAt(family), size).CopyTo(room);
        BinaryPrimitives.WriteUInt16LittleEndian(room[size..], BinaryPrimitives.ReadUInt16BigEndian(address[PortAt..]));
        return size + 2;
    }

    private static int AddUnixPair(ReadOnlySpan<byte> socket, int source, int destination, ReadOnlySpan<byte> path, Span<byte> room)
    {
        room[0] = (byte)FamilyUnix;
        socket.Slice(source, 8).CopyTo(room[1..]);
        socket.Slice(destination, 8).CopyTo(room[9..]);
        return 17 + AddPath(path, room[17..]);
    }

    private static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> socket) =>
        socket.Slice(SocketPath, Math.Min(Le.U16(ref MemoryMarshal.GetReference(socket), SocketPathLength), (ushort)UnixPathBytes));

    // An abstract name begins with a NUL, for which an @ stands.
    private static int AddPath(ReadOnlySpan<byte> path, Span<byte> room)
    {
        if (path.Length > UnixPathBytes)
            path = path[..UnixPathBytes];
        if (path.Length < 2 || path[0] != 0)
            return AddText(path.UntilNul(), room);
        room[0] = (byte)'@';
        return 1 + AddText(path[1..].UntilNul(), room[1..]);
    }
}
