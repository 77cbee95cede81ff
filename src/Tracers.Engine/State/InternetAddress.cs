using System.Buffers.Binary;
using System.Net;

namespace Tracers.Engine.State;

/// <summary>An address as a number: IPv4 in the low 32 bits, as <c>::ffff:a.b.c.d</c> has it when it is mapped.</summary>
/// <remarks>Two words and not the framework's 128-bit number: methods with that one in their signature are never compiled ahead of time.</remarks>
/// <param name="High">The upper half of an IPv6 address.</param>
/// <param name="Low">The lower half, or the IPv4 address.</param>
internal readonly record struct InternetAddress(ulong High, ulong Low)
{
    private const int Longest = 16;

    /// <summary>No address: <c>0.0.0.0</c> or <c>::</c>.</summary>
    public bool IsNone => (High | Low) == 0;

    /// <summary>Whether it is an IPv4 address in an IPv6 one's form, or none at all.</summary>
    public bool IsMapped => IsNone || (High == 0 && Low >> 32 == 0xFFFF);

    /// <summary>The IPv4 address alone.</summary>
    public uint V4 => (uint)Low;

    /// <summary>From network-order bytes, 4 or 16.</summary>
    public static InternetAddress Read(ReadOnlySpan<byte> bytes) => bytes.Length == 4
        ? new(0, BinaryPrimitives.ReadUInt32BigEndian(bytes))
        : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>From the framework's form.</summary>
    public static InternetAddress Read(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        return address.TryWriteBytes(bytes, out int written) ? Read(bytes[..written]) : default;
    }

    /// <summary>Makes an IPv4 connection of one between two mapped addresses.</summary>
    public static void Unmap(ref FdKind kind, ref InternetAddress source, ref InternetAddress destination)
    {
        if (kind != FdKind.Ipv6 || !source.IsMapped || !destination.IsMapped)
            return;
        kind = FdKind.Ipv4;
        source = new(0, source.V4);
        destination = new(0, destination.V4);
    }

    /// <summary>The framework's form, for text.</summary>
    public IPAddress ToIPAddress(FdKind kind)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        if (kind == FdKind.Ipv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, V4);
            return new IPAddress(bytes[..4]);
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPAddress(bytes);
    }
}
