using Tracers.Engine.Capture.Linux;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public class SocketRecordTests
{
    private static readonly byte[] s_to = [2, 0, 0x22, 0xB8, 10, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] s_toV6 = [10, 0, 0x22, 0xB8, 0, 0, 0, 0, .. new byte[15], 1, 0, 0, 0, 0];

    [Fact]
    public void A_connect_has_the_address_it_asks_for_and_then_both_ends()
    {
        Assert.Equal("22 connect fd=5 addr=020A000005B822", Shaped.One(RecordBytes.Enter(42, 5, 1, 16).Copy(CopyKind.SockAddr, s_to)));
        Assert.Equal(
            "23 connect res=-115 tuple=02" + "0A00000950C3" + "0A000005B822",
            Shaped.One(RecordBytes.ExitWith(42, -115, 5, 1, 16).Copy(CopyKind.SockAddr, s_to).Copy(CopyKind.Socket, Socket(2))));
    }

    [Fact]
    public void A_connect_whose_address_cannot_be_read_has_the_kernels() => Assert.Equal(
        "23 connect res=0 tuple=02" + "0A00000950C3" + "0A000007BB01",
        Shaped.One(RecordBytes.ExitWith(42, 0, 5, 1, 16).NotReadable(CopyKind.SockAddr).Copy(CopyKind.Socket, Socket(2))));

    [Fact]
    public void A_sixth_version_address_has_sixteen_bytes() => Assert.Equal(
        "23 connect res=0 tuple=0A" + "0A0000090000000000000000000000" + "0050C3" + "00000000000000000000000000000001B822",
        Shaped.One(RecordBytes.ExitWith(42, 0, 5, 1, 28).Copy(CopyKind.SockAddr, s_toV6).Copy(CopyKind.Socket, Socket(10))));

    [Fact]
    public void A_unix_socket_has_the_kernels_addresses_of_its_ends_and_a_path()
    {
        byte[] path = [1, 0, .. "/run/x"u8, 0, 7, 7];
        Assert.Equal("22 connect fd=5 addr=012F72756E2F7800", Shaped.One(RecordBytes.Enter(42, 5, 1, 9).Copy(CopyKind.SockAddr, path)));
        Assert.Equal(
            "23 connect res=0 tuple=01" + "BB00000000000000" + "AA00000000000000" + "2F72756E2F7800",
            Shaped.One(RecordBytes.ExitWith(42, 0, 5, 1, 9).Copy(CopyKind.SockAddr, path).Copy(CopyKind.Socket, Socket(1))));
    }

    [Fact]
    public void An_abstract_name_begins_with_an_at() =>
        Assert.Equal("21 bind res=0 addr=01407800", Shaped.One(RecordBytes.Exit(49, 0).Copy(CopyKind.SockAddr, [1, 0, 0, (byte)'x'])));

    [Fact]
    public void An_accept_has_its_client_first_and_the_listeners_queue()
    {
        byte[] listener = Socket(2);
        listener[56] = 3;
        listener[60] = 12;
        Assert.Equal(
            "247 accept fd=7 tuple=02" + "0A000007BB01" + "0A00000950C3" + " queuepct=25 queuelen=3 queuemax=12",
            Shaped.One(RecordBytes.ExitWith(43, 7, 4).Copy(CopyKind.Socket, Socket(2)).Copy(CopyKind.Socket, listener)));
        Assert.Equal(
            "249 accept fd=-11 tuple= queuepct=0 queuelen=0 queuemax=0",
            Shaped.One(RecordBytes.ExitWith(288, -11, 4).Copy(CopyKind.Socket, new byte[CopiedSocket.Size]).Copy(CopyKind.Socket, Socket(2))));
    }

    [Fact]
    public void A_datagram_tells_where_it_goes_and_where_it_came_from()
    {
        Assert.Equal(
            "30 sendto fd=5 size=9 tuple=02" + "0A00000950C3" + "0A000005B822",
            Shaped.One(RecordBytes.Enter(44, 5, 1, 9, 0, 1, 16).Copy(CopyKind.SockAddr, s_to).Copy(CopyKind.Socket, Socket(2))));
        Assert.Equal(
            "30 sendto fd=5 size=9 tuple=",
            Shaped.One(RecordBytes.Enter(44, 5, 1, 9).Copy(CopyKind.SockAddr, []).Copy(CopyKind.Socket, Socket(2))));
        Assert.Equal(
            "35 recvfrom res=2 data=hi tuple=02" + "0A000005B822" + "0A00000950C3",
            Shaped.One(RecordBytes.Exit(45, 2).Data("hi").Copy(CopyKind.SockAddrOut, s_to).Copy(CopyKind.Socket, Socket(2))));
        Assert.Equal(
            "35 recvfrom res=-11 data= tuple=",
            Shaped.One(RecordBytes.Exit(45, -11).Data("").NotReadable(CopyKind.SockAddrOut).NotReadable(CopyKind.Socket)));
    }

    [Fact]
    public void A_message_has_its_address_and_its_vectors()
    {
        Assert.Equal(
            "48 sendmsg fd=5 size=300 tuple=02" + "0A00000950C3" + "0A000005B822",
            Shaped.One(RecordBytes.Enter(46, 5, 1).Copy(CopyKind.SockAddr, s_to).Copy(CopyKind.IoVec, new byte[80], 300).Copy(CopyKind.Socket, Socket(2))));
        Assert.Equal(
            "53 recvmsg res=2 size=2 data=hi tuple=02" + "0A000005B822" + "0A00000950C3",
            Shaped.One(RecordBytes.Exit(47, 2).Copy(CopyKind.SockAddr, s_to).Copy(CopyKind.IoVec, "hi"u8.ToArray(), 300).Copy(CopyKind.Socket, Socket(2))));
    }

    [Fact]
    public void Options_are_numbers_errors_times_or_bytes()
    {
        Assert.Equal("45 setsockopt res=0 fd=5 level=1 optname=2 val=0201000000 optlen=4", Option(1, 2, Written.Join(1)));
        Assert.Equal("45 setsockopt res=0 fd=5 level=1 optname=20 val=04" + "80969800" + "00000000 optlen=16", Option(1, 20, Written.Join(0L, 10_000L)));
        Assert.Equal("45 setsockopt res=0 fd=5 level=2 optname=0 val=0001000000 optlen=4", Option(6, 1, Written.Join(1)));
        Assert.Equal(
            "47 getsockopt res=0 fd=5 level=1 optname=4 val=0191FFFFFFFFFFFFFF optlen=4",
            Shaped.One(RecordBytes.ExitWith(55, 0, 5, 1, 4, 1, 2).Copy(CopyKind.SockAddrOut, Written.Join(111))));
    }

    private static string Option(int level, int name, byte[] value) =>
        Shaped.One(RecordBytes.ExitWith(54, 0, 5, level, name, 1, value.Length).Copy(CopyKind.Buffer, value));

    /// <summary>10.0.0.9:50000 connected to 10.0.0.7:443, or a unix socket.</summary>
    internal static byte[] Socket(ushort family)
    {
        byte[] local = new byte[16], remote = new byte[16];
        (local[0], local[3], remote[0], remote[3]) = (10, 9, 10, 7);
        return Written.Join(
            family, (ushort)1, (ushort)50_000, (ushort)443, local, remote, 0xAAUL, 0xBBUL, 0, 0, (byte)6, (byte)1, (ushort)0, 0, new byte[108], 0);
    }
}
