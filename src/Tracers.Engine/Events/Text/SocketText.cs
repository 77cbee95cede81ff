using System.Buffers.Binary;
using System.Net;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>Addresses and pairs of addresses as the listing shows them.</summary>
internal static class SocketText
{
    private const byte FamilyUnix = 1;
    private const byte FamilyIpv4 = 2;
    private const byte FamilyIpv6 = 10;
    private const int Ipv4End = 4 + 2;
    private const int Ipv6End = 16 + 2;
    private const int LongestAddress = 65;

    private static ReadOnlySpan<byte> Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    /// <summary>The text of <see cref="AppendAddress"/>.</summary>
    public static string Address(ReadOnlySpan<byte> data)
    {
        TextBuffer text = new();
        AppendAddress(text, data);
        return text.ToString();
    }

    /// <summary>The text of <see cref="AppendTuple"/>.</summary>
    public static string Tuple(ReadOnlySpan<byte> data)
    {
        TextBuffer text = new();
        AppendTuple(text, data);
        return text.ToString();
    }

    /// <summary>The text of <see cref="AppendIp"/>.</summary>
    public static string Ip(ReadOnlySpan<byte> address)
    {
        TextBuffer text = new();
        AppendIp(text, address);
        return text.ToString();
    }

    /// <summary>Appends one address: <c>1.2.3.4:80</c>, a path, <c>NULL</c> for none.</summary>
    public static void AppendAddress(TextBuffer text, ReadOnlySpan<byte> data)
    {
        switch (data)
        {
            case []:
                text.Append("NULL"u8);
                break;
            case [FamilyUnix, .. var path]:
                text.AppendName(path.UntilNul());
                break;
            case [FamilyIpv4, .. var end]:
                AppendEnds(text, end, Ipv4End, 1);
                break;
            case [FamilyIpv6, .. var end]:
                AppendEnds(text, end, Ipv6End, 1);
                break;
            default:
                AppendFamily(text, data[0]);
                break;
        }
    }

    /// <summary>Appends the two ends of a connection: <c>1.2.3.4:5->6.7.8.9:80</c>, two kernel addresses and a path, <c>NULL</c> for none.</summary>
    public static void AppendTuple(TextBuffer text, ReadOnlySpan<byte> data)
    {
        switch (data)
        {
            case []:
                text.Append("NULL"u8);
                break;
            case [FamilyIpv4, .. var ends]:
                AppendEnds(text, ends, Ipv4End, 2);
                break;
            case [FamilyIpv6, .. var ends] when ends.Length == 2 * Ipv6End && IsMapped(ends) && IsMapped(ends[Ipv6End..]):
                AppendEnd(text, ends.Slice(12, Ipv4End));
                text.Append("->"u8);
                AppendEnd(text, ends.Slice(Ipv6End + 12, Ipv4End));
                break;
            case [FamilyIpv6, .. var ends]:
                AppendEnds(text, ends, Ipv6End, 2);
                break;
            case [FamilyUnix, ..] when data.Length >= 17:
                text.AppendHex(BinaryPrimitives.ReadUInt64LittleEndian(data[1..]), upperCase: false);
                text.Append("->"u8);
                text.AppendHex(BinaryPrimitives.ReadUInt64LittleEndian(data[9..]), upperCase: false);
                text.Append((byte)' ');
                text.AppendName(data[17..].UntilNul());
                break;
            default:
                AppendFamily(text, data[0]);
                break;
        }
    }

    /// <summary>Appends an address of 4 or 16 bytes in network order.</summary>
    public static void AppendIp(TextBuffer text, ReadOnlySpan<byte> address)
    {
        if (address.Length == 4)
        {
            for (int i = 0; i < 4; i++)
            {
                if (i > 0)
                    text.Append((byte)'.');
                text.Append((ulong)address[i]);
            }
        }
        else if (address.Length == 16)
        {
            new IPAddress(address).TryFormat(text.Reserve(LongestAddress), out int written);
            text.Length += written;
        }
    }

    private static void AppendEnds(TextBuffer text, ReadOnlySpan<byte> ends, int size, int count)
    {
        if (ends.Length != size * count)
        {
            text.Append(size == Ipv4End ? "INVALID IPv4"u8 : "INVALID IPv6"u8);
            return;
        }

        AppendEnd(text, ends[..size]);
        if (count == 1)
            return;
        text.Append("->"u8);
        AppendEnd(text, ends[size..]);
    }

    private static void AppendEnd(TextBuffer text, ReadOnlySpan<byte> end)
    {
        AppendIp(text, end[..^2]);
        text.Append((byte)':');
        text.Append((ulong)BinaryPrimitives.ReadUInt16LittleEndian(end[^2..]));
    }

    private static void AppendFamily(TextBuffer text, byte family)
    {
        text.Append("family "u8);
        text.Append((long)(sbyte)family);
    }

    // As State does it: an address of zeros counts as IPv4, too.
    private static bool IsMapped(ReadOnlySpan<byte> address) =>
        address[..12].SequenceEqual(Mapped) || !address[..16].ContainsAnyExcept((byte)0);
}
