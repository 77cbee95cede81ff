using System.Buffers.Binary;
using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>Values of parameters by their wire type (FORMAT.md, events).</summary>
internal static class ParameterDecoder
{
    /// <summary>The value: a number, text, bytes, or the descriptors of a list; null when there are no bytes or too few.</summary>
    public static object? Value(ParameterInfo parameter, ReadOnlySpan<byte> data) => parameter.Type switch
    {
        ParameterType.CharBuf or ParameterType.FsPath or ParameterType.FsRelPath => data.IsEmpty ? null : Text(data),
        ParameterType.ByteBuf => data.ToArray(),
        ParameterType.SockAddr => data.IsEmpty ? null : SocketText.Address(data),
        ParameterType.SockTuple => data.IsEmpty ? null : SocketText.Tuple(data),
        ParameterType.Ipv4Addr or ParameterType.Ipv6Addr => data.IsEmpty ? null : SocketText.Ip(data),
        ParameterType.Dyn => data.IsEmpty || SubTypes.Find(parameter.Table, data[0]) is not { } sub ? null : Value(sub, data[1..]),
        ParameterType.Int8 or ParameterType.Int16 or ParameterType.Int32 or ParameterType.Int64 or ParameterType.Errno
            or ParameterType.Fd or ParameterType.Fd32 or ParameterType.Pid or ParameterType.Pid32 => Number(data, signed: true),
        ParameterType.RelTime => Number(data, signed: false) is ulong.MaxValue ? null : Number(data, signed: false),
        ParameterType.Double => data.Length == 8 ? BinaryPrimitives.ReadDoubleLittleEndian(data) : null,
        ParameterType.FdList => ParameterText.FdsOf(data),
        ParameterType.CharBufArray => Texts(data),
        ParameterType.CharBufPairArray => data.ToArray(),
        _ => Number(data, signed: false),
    };

    /// <summary>A number of 1, 2, 4 or 8 bytes; null for any other size.</summary>
    public static object? Number(ReadOnlySpan<byte> data, bool signed) =>
        !ParameterText.TryRead(data, signed, out ulong value) ? null : signed ? (long)value : value;

    private static string Text(ReadOnlySpan<byte> data) => Encoding.UTF8.GetString(data.UntilNul());

    // Each with its NUL behind it.
    private static string[] Texts(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? [] : Encoding.UTF8.GetString(data[^1] == 0 ? data[..^1] : data).Split('\0');
}
