using Tracers.Engine.Events;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Events;

/// <summary>What a parameter is in the Arguments of an event: bytes in, a value out.</summary>
public class ParameterDecoderTests
{
    public static TheoryData<string, byte[], object?> Values => new()
    {
        { "n:INT32", Written.Join(-5), -5L },
        { "n:UINT32", Written.Join(uint.MaxValue), 4294967295UL },
        { "n:UINT8", [200], 200UL },
        { "n:UINT16", [1, 2, 3], null },
        { "res:ERRNO", Written.Join(-9L), -9L },
        { "fd:FD", Written.Join(7L), 7L },
        { "fd:FD32", Written.Join(-1), -1L },
        { "pid:PID32", Written.Join(12), 12L },
        { "name:CHARBUF", "text\0rest"u8.ToArray(), "text" },
        { "name:CHARBUF", [], null },
        { "path:FSPATH", "/a/b\0"u8.ToArray(), "/a/b" },
        { "data:BYTEBUF", [1, 2], (byte[])[1, 2] },
        { "flags:FLAGS32:HEX:file_flags", Written.Join(3u), 3UL },
        { "mode:ENUMFLAGS32::bpf_commands", Written.Join(3u), 3UL },
        { "addr:SOCKADDR", Written.Join((byte)2, (byte)1, (byte)2, (byte)3, (byte)4, (ushort)80), "1.2.3.4:80" },
        { "addr:SOCKADDR", [], null },
        { "addr:SOCKADDR", [1, .. "/run/x\0"u8], "/run/x" },
        { "tuple:SOCKTUPLE", Written.Join((byte)2, 0x04030201, (ushort)5, 0x08070605, (ushort)80), "1.2.3.4:5->5.6.7.8:80" },
        { "tuple:SOCKTUPLE", [], null },
        { "ip:IPV4ADDR", [127, 0, 0, 1], "127.0.0.1" },
        { "t:RELTIME", Written.Join(1500L), 1500UL },
        { "t:RELTIME", Written.Join(-1L), null },
        { "fds:FDLIST", Written.Join((ushort)2, 4L, (ushort)1, 9L, (ushort)0), (long[])[4, 9] },
        { "fds:FDLIST", Written.Join((ushort)9, 4L, (ushort)1), (long[])[4] },
        { "argv:CHARBUFARRAY", "ls\0-l\0"u8.ToArray(), (string[])["ls", "-l"] },
        { "val:DYN::sockopt_dynamic_param", Written.Join((byte)2, 77u), 77UL },
        { "val:DYN::sockopt_dynamic_param", Written.Join((byte)0, (byte)1), (byte[])[1] },
        { "val:DYN::sockopt_dynamic_param", [99, 1], null },
        { "val:DYN::sockopt_dynamic_param", [], null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_parameter_has_the_value_of_its_type(string declaration, byte[] data, object? expected) =>
        Assert.Equal(expected, ParameterDecoder.Value(ParameterInfo.Parse(declaration), data));
}
