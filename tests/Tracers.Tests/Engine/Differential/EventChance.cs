using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Parameters by chance: the right size for their type, with the values at the edges often.</summary>
internal sealed class EventChance(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>The descriptors 3 to 9 of every process.</summary>
    public static FdRecord[] Descriptors() =>
    [
        FdRecord.ForFile(3, "/var/log/messages", 2), FdRecord.ForNamed(4, FdRecordType.Directory, "/etc"), FdRecord.ForNamed(5, FdRecordType.Pipe, ""),
        FdRecord.ForSocket(6, new(0x0900000A, 50000), new(0x0500000A, 8888), 2), FdRecord.ForNamed(7, FdRecordType.EventPoll, "[eventpoll]"),
        FdRecord.ForNamed(8, FdRecordType.TimerFd, "x"), FdRecord.ForNamed(9, FdRecordType.Netlink, ""),
    ];

    public object[] Parameters(EventInfo info) => [.. info.Parameters.Take(info.ListedParameters).Select(p => Value(info, p))];

    private object Value(EventInfo info, ParameterInfo parameter) => parameter.Type switch
    {
        // Only sockets are connected.
        ParameterType.Fd when info.Name == "connect" => Pick<long>(6, 77, -1),

        // sysdig looks for the directory of openat2 in the parameter of the path.
        ParameterType.FsRelPath when info is { Name: "openat2", Number: 326 } => "/abs/x",

        // A call that fails changes nothing; what each of them changes has tests of its own.
        ParameterType.Fd or ParameterType.Errno when IsResult(info, parameter) => (long)-Pick(1, 2, 9, 11, 512, 9999),
        ParameterType.Int8 => (byte)_random.Next(256),
        ParameterType.UInt8 or ParameterType.Flags8 => (byte)Number(byte.MaxValue),
        ParameterType.Int16 => (ushort)_random.Next(65536),
        ParameterType.UInt16 or ParameterType.Flags16 => (ushort)Number(ushort.MaxValue),
        ParameterType.Int32 => (int)Number(uint.MaxValue),
        ParameterType.UInt32 or ParameterType.Flags32 or ParameterType.Mode or ParameterType.SigSet => (uint)Number(uint.MaxValue),
        ParameterType.Int64 or ParameterType.UInt64 or ParameterType.Errno => (long)Number(ulong.MaxValue),
        ParameterType.Uid or ParameterType.Gid => Pick<uint>(0, 5, uint.MaxValue),
        ParameterType.CharBuf => Text(30),
        ParameterType.ByteBuf => Bytes(Pick(0, 1, 79, 80, 81, 200)),
        ParameterType.SockAddr => Address(),
        ParameterType.SockTuple => Tuple(),
        ParameterType.Fd => Pick<long>(3, 4, 5, 6, 7, 8, 9, 77, -1, -9, -100),
        ParameterType.Pid => Pick<long>(1000, 1002, 999999, 0, -1),
        ParameterType.FdList => FdList(),
        ParameterType.FsPath or ParameterType.FsRelPath => Pick("/abs/x", "/", "rel", "../up/./x//y", "<NA>", "(NULL)", "."),
        ParameterType.SyscallId => (ushort)_random.Next(0, 329),
        ParameterType.SigType => (byte)_random.Next(0, 34),
        ParameterType.RelTime => Pick(0L, 1000L, 123456789L, 1_000_000_000L, 1234567890123L, 15L, -1L, 99_999_950L),
        ParameterType.Dyn => SubTyped(parameter),
        _ => Array.Empty<byte>(),
    };

    private static bool IsResult(EventInfo info, ParameterInfo parameter) =>
        (info.Number & 1) != 0 && ReferenceEquals(parameter, info.Parameters[0]);

    private byte[] SubTyped(ParameterInfo parameter)
    {
        byte index = 0;
        while (_random.Next(2) == 0 && SubTypes.Find(parameter.Table, (byte)(index + 1)) is not null)
            index++;
        return Written.Join(index, Value(EventTable.Infos[0], SubTypes.Find(parameter.Table, index)!));
    }

    // Small ones, single bits, all bits, and any.
    private ulong Number(ulong most) => _random.Next(5) switch
    {
        0 => (ulong)_random.Next(0, 12),
        1 => (1UL << _random.Next(0, 64)) & most,
        2 => most,
        3 => ((1UL << _random.Next(0, 32)) | (1UL << _random.Next(0, 32))) & most,
        _ => (ulong)_random.NextInt64() & most,
    };

    private string Text(int longest) => string.Concat(Enumerable.Range(0, _random.Next(longest)).Select(_ => (char)_random.Next(' ', 0x7f)));

    private byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Address() => _random.Next(3) switch
    {
        0 => Written.Join((byte)2, Bytes(4), (ushort)_random.Next(65536)),
        1 => Written.Join((byte)10, Bytes(16), (ushort)_random.Next(65536)),
        _ => [1, .. Encoding.ASCII.GetBytes("/run/s"), 0],
    };

    private byte[] Tuple() => _random.Next(4) switch
    {
        0 => Written.Join((byte)2, Bytes(4), (ushort)_random.Next(65536), Bytes(4), (ushort)_random.Next(65536)),
        1 => Written.Join((byte)10, Bytes(16), (ushort)_random.Next(65536), Bytes(16), (ushort)_random.Next(65536)),
        2 => [],
        _ => Written.Join((byte)1, _random.NextInt64(), _random.NextInt64(), "/run/s\0"),
    };

    private byte[] FdList()
    {
        int count = _random.Next(0, 5);
        return Written.Join((ushort)count, Written.Join(Enumerable.Range(0, count).SelectMany(_ => new object[] { Pick<long>(3, 6, 77), (ushort)_random.Next(65536) })));
    }

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
