using System.Net;

namespace Tracers.Engine.Scap.Records;

/// <summary>
/// One open descriptor of a process, as a capture's descriptor list holds it (FORMAT.md 3.4). Which properties count depends on
/// <see cref="Type"/>; the others keep their defaults.
/// </summary>
public sealed record FdRecord
{
    /// <summary>The descriptor's number.</summary>
    public required long Fd { get; init; }

    /// <summary>What it is.</summary>
    public required FdRecordType Type { get; init; }

    /// <summary>The inode, 0 if not known.</summary>
    public ulong Inode { get; init; }

    /// <summary>The path or the name; empty for internet sockets.</summary>
    public ByteText Name { get; init; }

    /// <summary>Open flags in the format's own numbering (FORMAT.md 3.4), for <see cref="FdRecordType.FileV2"/>.</summary>
    public uint OpenFlags { get; init; }

    /// <summary>The device number, for <see cref="FdRecordType.FileV2"/>; 0 if not known.</summary>
    public uint Device { get; init; }

    /// <summary>Source address of an internet socket; the listening address of a server socket; null for everything else.</summary>
    public IPAddress? SourceAddress { get; init; }

    /// <summary>Source port, or the listening port.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>Destination address of a connected internet socket, else null.</summary>
    public IPAddress? DestinationAddress { get; init; }

    /// <summary>Destination port of a connected internet socket.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>Transport: 0 unknown, 1 not applicable, 2 TCP, 3 UDP, 4 ICMP, 5 raw.</summary>
    public byte Transport { get; init; }

    /// <summary>The kernel's address of this end of a Unix socket.</summary>
    public ulong UnixSource { get; init; }

    /// <summary>The kernel's address of the other end of a Unix socket, 0 if not connected.</summary>
    public ulong UnixDestination { get; init; }

    /// <summary>A file with open flags.</summary>
    public static FdRecord ForFile(long fd, ByteText name, uint openFlags, ulong inode = 0, uint device = 0) =>
        new() { Fd = fd, Type = FdRecordType.FileV2, Name = name, OpenFlags = openFlags, Inode = inode, Device = device };

    /// <summary>A descriptor that only has a name: directory, pipe, eventfd, epoll and the like.</summary>
    public static FdRecord ForNamed(long fd, FdRecordType type, ByteText name = default, ulong inode = 0) =>
        new() { Fd = fd, Type = type, Name = name, Inode = inode };

    /// <summary>A connected internet socket; the type follows from the source address.</summary>
    public static FdRecord ForSocket(long fd, IPEndPoint source, IPEndPoint destination, byte transport, ulong inode = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        return new()
        {
            Fd = fd,
            Type = source.Address.GetAddressBytes().Length == 4 ? FdRecordType.Ipv4Socket : FdRecordType.Ipv6Socket,
            SourceAddress = source.Address,
            SourcePort = (ushort)source.Port,
            DestinationAddress = destination.Address,
            DestinationPort = (ushort)destination.Port,
            Transport = transport,
            Inode = inode,
        };
    }

    /// <summary>A listening internet socket; the type follows from the address.</summary>
    public static FdRecord ForServer(long fd, IPEndPoint endPoint, byte transport, ulong inode = 0)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return new()
        {
            Fd = fd,
            Type = endPoint.Address.GetAddressBytes().Length == 4 ? FdRecordType.Ipv4Server : FdRecordType.Ipv6Server,
            SourceAddress = endPoint.Address,
            SourcePort = (ushort)endPoint.Port,
            Transport = transport,
            Inode = inode,
        };
    }
}
