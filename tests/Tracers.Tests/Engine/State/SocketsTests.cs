using System.Net;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Sockets: names, transports, and which side is the client.</summary>
public class SocketsTests
{
    private static readonly byte[] s_webTuple = Tuple("10.0.0.5", 40000, "93.184.216.34", 80);

    [Fact]
    public void A_socket_is_named_when_it_is_connected()
    {
        Reading reading = Read(c => Socket(c, 30, 2, 1).Event(100, 22, 30L).Event(100, 23, 0L, s_webTuple).Write(100, 30, "GET /"));
        Assert.Equal((FdKind.Ipv4, Transport.Tcp, SocketRole.Client, "10.0.0.5:40000->93.184.216.34:80"), Describe(reading, 30));
        Assert.Equal(new IPEndPoint(IPAddress.Parse("93.184.216.34"), 80), reading.Fd(100, 30)!.Tuple!.Destination);
        Assert.Equal("10.0.0.5:40000->93.184.216.34:80", Assert.Single(reading.Io).FdName);
    }

    [Theory]
    [InlineData(-115, true)]
    [InlineData(-111, false)]
    public void A_connection_in_progress_is_one_and_a_refused_one_is_not(long result, bool named)
    {
        Reading reading = Read(c => Socket(c, 30, 2, 1).Event(100, 22, 30L).Event(100, 23, result, s_webTuple));
        Assert.Equal(named, reading.Fd(100, 30)!.IsNamed);
    }

    [Theory]
    [InlineData(2u, 1u, 0u, FdKind.Ipv4, Transport.Tcp)]
    [InlineData(2u, 2u, 0u, FdKind.Ipv4, Transport.Udp)]
    [InlineData(2u, 0x80002u, 0u, FdKind.Ipv4, Transport.Udp)]
    [InlineData(10u, 1u, 6u, FdKind.Ipv6, Transport.Tcp)]
    [InlineData(10u, 2u, 17u, FdKind.Ipv6, Transport.Udp)]
    [InlineData(2u, 3u, 1u, FdKind.Ipv4, Transport.Icmp)]
    [InlineData(2u, 3u, 255u, FdKind.Ipv4, Transport.Raw)]
    [InlineData(1u, 1u, 0u, FdKind.Unix, Transport.Unknown)]
    [InlineData(16u, 3u, 0u, FdKind.Netlink, Transport.Unknown)]
    public void A_new_socket_has_kind_and_transport_and_no_name(uint domain, uint type, uint protocol, object kind, object transport)
    {
        Reading reading = Read(c => c.Event(100, 18, domain, type, protocol).Event(100, 19, 30L));
        Assert.Equal((kind, transport, ""), (reading.Fd(100, 30)!.Kind, reading.Fd(100, 30)!.Transport, reading.FdName(100, 30)));
    }

    [Fact]
    public void A_bound_socket_listens_and_accepts_connections_whose_source_is_the_client()
    {
        Reading reading = Read(c => Socket(c, 31, 2, 1).Event(100, 20, 31L).Event(100, 21, 0L, Address("0.0.0.0", 8888)).Event(100, 246)
            .Event(100, 247, 32L, Tuple("10.0.0.9", 51000, "10.0.0.5", 8888), (byte)0, 0u, 128u));
        Assert.Equal((FdKind.Ipv4, Transport.Tcp, SocketRole.Server, "0.0.0.0:8888"), Describe(reading, 31));
        Assert.Equal((FdKind.Ipv4, Transport.Tcp, SocketRole.Server, "10.0.0.9:51000->10.0.0.5:8888"), Describe(reading, 32));
    }

    [Theory]
    [InlineData(26, 27)]
    [InlineData(56, 57)]
    [InlineData(248, 249)]
    public void Every_version_of_accept_makes_a_connection(int enter, int exit)
    {
        Reading reading = Read(c => c.Event(100, (ushort)enter).Event(100, (ushort)exit, 32L, Tuple("10.0.0.9", 51000, "10.0.0.5", 8888), (byte)0));
        Assert.Equal("10.0.0.9:51000->10.0.0.5:8888", reading.FdName(100, 32));
    }

    [Fact]
    public void Datagrams_name_the_socket_and_the_source_is_the_client_in_both_directions()
    {
        Reading reading = Read(c =>
        {
            Socket(c, 33, 2, 2).Event(100, 30, 33L, 4u, Tuple("10.0.0.5", 5353, "8.8.8.8", 53)).Event(100, 31, 4L, "dns?"u8.ToArray());
            c.Event(100, 34, 33L, 99u).Event(100, 35, 7L, "answer!"u8.ToArray(), Tuple("8.8.8.8", 53, "10.0.0.5", 5353));
            Socket(c, 34, 2, 2).Event(100, 20, 34L).Event(100, 21, 0L, Address("0.0.0.0", 514)).Event(100, 52, 34L)
                .Event(100, 53, 3L, 3u, "log"u8.ToArray(), Tuple("10.0.0.9", 600, "10.0.0.5", 514));
        });
        Assert.Equal((FdKind.Ipv4, Transport.Udp, SocketRole.Client, "10.0.0.5:5353->8.8.8.8:53"), Describe(reading, 33));
        Assert.Equal((FdKind.Ipv4, Transport.Udp, SocketRole.Server, "10.0.0.9:600->10.0.0.5:514"), Describe(reading, 34));
        Assert.Equal(["10.0.0.5:5353->8.8.8.8:53", "10.0.0.5:5353->8.8.8.8:53", "10.0.0.9:600->10.0.0.5:514"], reading.Io.Select(io => io.FdName));
    }

    [Theory]
    [InlineData("10.0.0.7", 53, "10.0.0.5:40->10.0.0.7:53")]
    [InlineData("10.0.0.5", 53, "10.0.0.5:40->10.0.0.5:53")]
    [InlineData("127.0.0.1", 53, "127.0.0.1:40->127.0.0.1:53")]
    [InlineData("8.8.8.8", 53, "10.0.0.5:40->8.8.8.8:53")]
    [InlineData("10.0.0.5", 40, "0.0.0.0:40->10.0.0.5:40")]
    public void A_sender_without_an_address_has_the_interfaces_that_reaches_the_other_end(string to, ushort port, string name)
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Raw(Written.AfterHeader(w => w.WriteInterfaces([
            Interface("lo", "127.0.0.1", "255.0.0.0"), Interface("eth0", "10.0.0.5", "255.255.255.0"), Interface("lo", "::1", "::"), Interface("eth0", "fe80::5", "::")])));
        capture.Processes(CaptureBuilder.Process(100));
        Socket(capture, 33, 2, 2).Event(100, 30, 33L, 1u, Tuple("0.0.0.0", 40, to, port)).Event(100, 31, 1L, "x"u8.ToArray());
        Socket(capture, 34, 10, 2).Event(100, 30, 34L, 1u, Tuple("::", 40, "fe80::9", 53)).Event(100, 31, 1L, "x"u8.ToArray());
        Socket(capture, 35, 10, 2).Event(100, 30, 35L, 1u, Tuple("::", 40, "::1", 53)).Event(100, 31, 1L, "x"u8.ToArray());
        Socket(capture, 36, 10, 2).Event(100, 30, 36L, 1u, Tuple("::", 40, "2001:db8::1", 53)).Event(100, 31, 1L, "x"u8.ToArray());
        Reading reading = Reading.Of(capture);
        Assert.Equal(name, reading.FdName(100, 33));
        Assert.Equal(["fe80::5:40->fe80::9:53", "::1:40->::1:53", "fe80::5:40->2001:db8::1:53"], reading.FdNames(100, 34, 35, 36));
    }

    [Theory]
    [InlineData("::ffff:10.0.0.9", "::ffff:10.0.0.5", FdKind.Ipv4, "10.0.0.9:51000->10.0.0.5:8888")]
    [InlineData("fe80::1", "fe80::2", FdKind.Ipv6, "fe80::1:51000->fe80::2:8888")]
    [InlineData("::ffff:10.0.0.9", "fe80::2", FdKind.Ipv6, "::ffff:10.0.0.9:51000->fe80::2:8888")]
    public void Mapped_addresses_are_ipv4(string source, string destination, object kind, string name)
    {
        Reading reading = Read(c => c.Event(100, 246).Event(100, 247, 32L, Tuple(source, 51000, destination, 8888), (byte)0, 0u, 1u));
        Assert.Equal((kind, name), (reading.Fd(100, 32)!.Kind, reading.FdName(100, 32)));
    }

    [Fact]
    public void Unix_sockets_have_the_addresses_of_their_ends_and_the_path()
    {
        byte[] unix = Written.Join((byte)1, 1L, 2L, "/run/x.sock\0");
        Reading reading = Read(c => Socket(c, 30, 1, 1).Event(100, 22, 30L).Event(100, 23, 0L, unix).Event(100, 246).Event(100, 247, 31L, unix, (byte)0, 0u, 1u)
            .Event(100, 18, 1u, 1u, 0u).Event(100, 19, 32L).Event(100, 20, 32L).Event(100, 21, 0L, (byte[])[1, .. "/run/y.sock\0"u8]));
        Assert.All((long[])[30, 31], fd => Assert.Equal((FdKind.Unix, "1->2 /run/x.sock"), (reading.Fd(100, fd)!.Kind, reading.FdName(100, fd))));
        Assert.Equal("/run/y.sock", reading.FdName(100, 32));
    }

    [Fact]
    public void Connections_of_the_list_from_a_listening_port_are_the_servers()
    {
        IPEndPoint local = new(IPAddress.Parse("10.0.0.5"), 8888), remote = new(IPAddress.Parse("10.0.0.9"), 50000);
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100)).Fds(
            100, FdRecord.ForSocket(5, local, remote, 2), FdRecord.ForSocket(6, remote, local, 2), FdRecord.ForServer(7, local, 2),
            FdRecord.ForSocket(8, new(IPAddress.Parse("fe80::1"), 1), new(IPAddress.Parse("fe80::2"), 2), 2));
        Reading reading = Reading.Of(capture.Write(100, 5, "x"));
        Assert.Equal((FdKind.Ipv4, Transport.Tcp, SocketRole.Server, "10.0.0.9:50000->10.0.0.5:8888"), Describe(reading, 5));
        Assert.Equal((FdKind.Ipv4, Transport.Tcp, SocketRole.Client, "10.0.0.9:50000->10.0.0.5:8888"), Describe(reading, 6));
        Assert.Equal((FdKind.Ipv4, Transport.Tcp, SocketRole.Server, "10.0.0.5:8888"), Describe(reading, 7));
        Assert.Equal((FdKind.Ipv6, Transport.Tcp, SocketRole.Unknown, "fe80::1:1->fe80::2:2"), Describe(reading, 8));
    }

    [Fact]
    public void A_tuple_that_is_too_short_names_nothing()
    {
        for (int length = 0; length < s_webTuple.Length; length++)
        {
            Reading reading = Read(c => Socket(c, 30, 2, 1).Event(100, 22, 30L).Event(100, 23, 0L, s_webTuple[..length]));
            Assert.False(reading.Fd(100, 30)!.IsNamed);
        }
    }

    private static CaptureBuilder Socket(CaptureBuilder c, long fd, uint domain, uint type) => c.Event(100, 18, domain, type, 0u).Event(100, 19, fd);

    private static InterfaceRecord Interface(string name, string address, string mask) =>
        new(name, IPAddress.Parse(address), IPAddress.Parse(mask), IPAddress.Parse(address));

    private static byte[] Address(string ip, ushort port) => Written.Join((byte)2, IPAddress.Parse(ip).GetAddressBytes(), port);

    private static byte[] Tuple(string source, ushort sourcePort, string destination, ushort destinationPort)
    {
        byte[] from = IPAddress.Parse(source).GetAddressBytes(), to = IPAddress.Parse(destination).GetAddressBytes();
        return Written.Join(from.Length == 4 ? (byte)2 : (byte)10, from, sourcePort, to, destinationPort);
    }

    private static (FdKind Kind, Transport Transport, SocketRole Role, string? Name) Describe(Reading reading, long fd)
    {
        FdInfo info = reading.Fd(100, fd)!;
        return (info.Kind, info.Transport, info.Role, reading.FdName(100, fd));
    }

    private static Reading Read(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }
}
