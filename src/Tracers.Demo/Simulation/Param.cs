using System.Buffers.Binary;
using System.Net;
using System.Text;
using Tracers.Engine.Scap.Records;

namespace Tracers.Demo.Simulation;

/// <summary>The bytes of one event parameter.</summary>
internal static class Param
{
    private const int SnapLength = 80;

    /// <summary>A parameter without a value.</summary>
    public static readonly byte[] None = [];

    public static byte[] I64(long value) => U64((ulong)value);

    public static byte[] U64(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] U16(ushort value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] U8(byte value) => [value];

    /// <summary>Text with its NUL.</summary>
    public static byte[] Text(string value) => Encoding.UTF8.GetBytes(value + '\0');

    /// <summary>Strings, each with its NUL.</summary>
    public static byte[] List(params IEnumerable<string> values) => ByteText.FromList(values).Bytes.ToArray();

    /// <summary>The start of a buffer, as much as a capture keeps by default.</summary>
    public static byte[] Data(ReadOnlySpan<byte> buffer) => buffer[..Math.Min(buffer.Length, SnapLength)].ToArray();

    /// <summary>Both ends of an IPv4 connection: family, source, destination; ports are little-endian numbers.</summary>
    public static byte[] Tuple(IPEndPoint source, IPEndPoint destination) =>
    [
        2,
        .. source.Address.GetAddressBytes(), .. U16((ushort)source.Port),
        .. destination.Address.GetAddressBytes(), .. U16((ushort)destination.Port),
    ];

    /// <summary>Descriptors with their poll events.</summary>
    public static byte[] FdList(params ReadOnlySpan<(long Fd, ushort Events)> fds)
    {
        List<byte> bytes = [.. U16((ushort)fds.Length)];
        foreach ((long fd, ushort events) in fds) bytes.AddRange([.. I64(fd), .. U16(events)]);
        return [.. bytes];
    }
}
