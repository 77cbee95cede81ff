using System.Buffers.Binary;
using System.Net;

namespace Tracers.Engine.State;

/// <summary>Addresses as one number each: IPv4 in the low 32 bits, as <c>::ffff:a.b.c.d</c> is when it is mapped.</summary>
internal static class InternetAddress
{
    /// <summary>From network-order bytes, 4 or 16.</summary>
    public static UInt128 Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);

    public static UInt128 Read(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out int written) ? Read(bytes[..written]) : default;
    }

    /// <summary>Whether an IPv6 address is an IPv4 one in disguise, or nothing at all.</summary>
    public static bool IsMapped(UInt128 address) => address == UInt128.Zero || address >> 32 == 0xFFFF;

    /// <summary>Makes an IPv4 connection of one between two mapped addresses.</summary>
    public static void Unmap(ref FdKind kind, ref UInt128 source, ref UInt128 destination)
    {
        if (kind != FdKind.Ipv6 || !IsMapped(source) || !IsMapped(destination))
            return;
        kind = FdKind.Ipv4;
        source = (uint)source;
        destination = (uint)destination;
    }

    public static IPAddress From(UInt128 address, FdKind kind)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (kind == FdKind.Ipv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)address);
            return new IPAddress(bytes[..4]);
        }

        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(bytes);
    }

    /// <summary>The address as sysdig prints it.</summary>
    public static string Text(IPAddress address) => address.ToString();
}
