using System.Buffers.Binary;
using System.Net;
using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>Values of parameters by their wire type (FORMAT.md, events).</summary>
internal static class ParameterDecoder
{
    private const byte FamilyUnix = 1;
    private const byte FamilyIpv4 = 2;
    private const byte FamilyIpv6 = 10;

    /// <summary>The value: a number, text, or bytes; null when there are no bytes or too few.</summary>
    public static object? Value(ParameterInfo parameter, ReadOnlySpan<byte> data) => parameter.Type switch
    {
        ParameterType.CharBuf or ParameterType.FsPath or ParameterType.FsRelPath => data.IsEmpty ? null : Text(data),
        ParameterType.ByteBuf => data.ToArray(),
        ParameterType.SockAddr => Address(data),
        ParameterType.SockTuple => Tuple(data),
        ParameterType.Dyn => data.Length > 1 ? Number(data[1..], signed: true) : null,
        ParameterType.Int8 or ParameterType.Int16 or ParameterType.Int32 or ParameterType.Int64
            or ParameterType.Errno or ParameterType.Fd or ParameterType.Pid => Number(data, signed: true),
        ParameterType.Double => data.Length == 8 ? BinaryPrimitives.ReadDoubleLittleEndian(data) : null,
        ParameterType.FdList or ParameterType.CharBufArray or ParameterType.CharBufPairArray => data.ToArray(),
        _ => Number(data, signed: false),
    };

    /// <summary>A number of 1, 2, 4 or 8 bytes; null for any other size.</summary>
    public static object? Number(ReadOnlySpan<byte> data, bool signed) => (data.Length, signed) switch
    {
        (1, true) => (long)(sbyte)data[0],
        (2, true) => (long)BinaryPrimitives.ReadInt16LittleEndian(data),
        (4, true) => (long)BinaryPrimitives.ReadInt32LittleEndian(data),
        (8, true) => BinaryPrimitives.ReadInt64LittleEndian(data),
        (1, false) => (ulong)data[0],
        (2, false) => (ulong)BinaryPrimitives.ReadUInt16LittleEndian(data),
        (4, false) => (ulong)BinaryPrimitives.ReadUInt32LittleEndian(data),
        (8, false) => BinaryPrimitives.ReadUInt64LittleEndian(data),
        _ => null,
    };

    private static string Text(ReadOnlySpan<byte> data) => Encoding.UTF8.GetString(data.UntilNul());

    private static string? Address(ReadOnlySpan<byte> data) => data switch
    {
        [FamilyIpv4, ..] when data.Length >= 7 => End(data[1..], 4),
        [FamilyIpv6, ..] when data.Length >= 19 => End(data[1..], 16),
        [FamilyUnix, ..] => Text(data[1..]),
        [] => null,
        _ => $"family {data[0]}",
    };

    private static string? Tuple(ReadOnlySpan<byte> data) => data switch
    {
        [FamilyIpv4, ..] when data.Length >= 13 => $"{End(data[1..], 4)}->{End(data[7..], 4)}",
        [FamilyIpv6, ..] when data.Length >= 37 => $"{End(data[1..], 16)}->{End(data[19..], 16)}",
        [FamilyUnix, ..] when data.Length >= 17 =>
            $"{BinaryPrimitives.ReadUInt64LittleEndian(data[1..]):x}->{BinaryPrimitives.ReadUInt64LittleEndian(data[9..]):x} {Text(data[17..])}",
        [] => null,
        _ => $"family {data[0]}",
    };

    private static string End(ReadOnlySpan<byte> data, int size) =>
        $"{new IPAddress(data[..size])}:{BinaryPrimitives.ReadUInt16LittleEndian(data[size..])}";
}
