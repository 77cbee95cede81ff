using System.Net;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>Fields of descriptors, of what captures at hand do not hold.</summary>
public sealed class DescriptorFieldTests
{
    [Fact]
    public void Either_end_can_be_meant_and_with_unequal_neither()
    {
        // Descriptor 5 is 10.0.0.9:50000->10.0.0.5:8888, 6 has no address yet.
        byte[] capture = CaptureBuilder.Typical().Read(100, 5, 1).Event(100, 18, 2u, 1u, 6u).Event(100, 19, 6L).ToArray();

        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.ip=10.0.0.5"));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.ip in (10.0.0.9, 1.2.3.4)"));
        Assert.Equal([4], Filtered.Numbers(capture, "fd.ip!=10.0.0.5"));
        Assert.Equal([1, 2, 4], Filtered.Numbers(capture, "fd.ip!=::1"));
        Assert.Equal([4], Filtered.Numbers(capture, "fd.port!=8888"));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.port>8888"));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.net=10.0.0.0/8"));
        Assert.Equal([4], Filtered.Numbers(capture, "fd.net!=10.0.0.0/29"));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.snet=10.0.0.4/31"));
        Assert.Equal([], Filtered.Numbers(capture, "fd.cnet=10.0.0.4/31"));
    }

    [Fact]
    public void Networks_of_ipv6_have_any_length()
    {
        FdRecord socket = FdRecord.ForSocket(3, new IPEndPoint(IPAddress.Parse("2001:db8:1::7"), 40000), new IPEndPoint(IPAddress.Parse("2001:db8:2::9"), 443), 2);
        byte[] capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100)).Fds(100, socket).Read(100, 3, 1).ToArray();

        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.net=2001:db8::/32"));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.net=2001:db8:2::9"));
        Assert.Equal([], Filtered.Numbers(capture, "fd.net=2001:db8:3::/48"));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.ip=2001:db8:1::7"));
    }

    [Fact]
    public void Ports_have_the_names_of_services()
    {
        FdRecord socket = FdRecord.ForSocket(3, new IPEndPoint(IPAddress.Parse("10.0.0.1"), 40000), new IPEndPoint(IPAddress.Parse("10.0.0.2"), 443), 2);
        byte[] capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100)).Fds(100, socket).Read(100, 3, 1).ToArray();

        foreach (string filter in (string[])["fd.port=https", "fd.sport=https", "fd.proto=https", "fd.sproto=https", "fd.sproto=443", "fd.sport in (http, https)"])
            Assert.Equal([1, 2], Filtered.Numbers(capture, filter));
        Assert.Equal([], Filtered.Numbers(capture, "fd.cproto=https"));
    }

    [Fact]
    public void A_list_of_services_is_read_by_names_and_other_names()
    {
        Dictionary<string, int> ports = ServicePorts.Read("# list\nhttp\t\t80/tcp\t\twww # WorldWideWeb HTTP\ndomain 53/tcp\ndomain 53/udp\n\nbroken\nbad x/tcp\nhuge 70000/tcp\n");

        Assert.Equal([("domain", 53), ("http", 80), ("www", 80)], ports.Select(static p => (p.Key, p.Value)).Order());
    }

    [Fact]
    public void A_file_that_could_not_be_opened_has_its_name_here_too()
    {
        byte[] capture = CaptureBuilder.Typical()
            .Event(100, 2, "sub/x", 1u, 0u).Event(100, 3, -13L, "sub/x", 1u, 0u, 0u)
            .Event(100, 306, -100L, "y", 1u, 0u).Event(100, 307, -2L, -100L, "y", 1u, 0u, 0u)
            .Event(100, 102, -100L, "z", 1u, 0u).Event(100, 103, -2L).ToArray();

        Assert.Equal([2], Filtered.Numbers(capture, "fd.name=/root/sub/x and fd.directory=/root/sub and fd.typechar=f"));
        Assert.Equal([4], Filtered.Numbers(capture, "fd.name=/root/y"));
        Assert.Equal([6], Filtered.Numbers(capture, "fd.name=/root/z"));
        Assert.Equal([], Filtered.Numbers(capture, "fd.num exists or fd.type exists or fd.filename exists"));
    }

    [Fact]
    public void Leaving_a_call_on_an_unknown_descriptor_has_the_empty_name_and_entering_it_none()
    {
        byte[] capture = CaptureBuilder.Typical().Read(100, 77, 1).ToArray();

        Assert.Equal([2], Filtered.Numbers(capture, "fd.name=\"\""));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.num=77"));
        Assert.Equal([], Filtered.Numbers(capture, "fd.type exists"));
    }

    [Fact]
    public void The_device_of_a_file_is_known_from_the_list_and_from_its_opening()
    {
        byte[] capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100)).Fds(100, FdRecord.ForFile(3, "/a", 1, device: 0x800001))
            .Read(100, 3, 1)
            .Event(100, 2, "/b", 1u, 0u).Event(100, 3, 4L, "/b", 1u, 0u, 0x12345678u).Read(100, 4, 1)
            .Event(100, 2, "/c", 1u, 0u).Event(100, 3, 5L, "/c", 1u, 0u, 0u).Read(100, 5, 1).ToArray();

        Assert.Equal([1, 2], Filtered.Numbers(capture, "fd.dev=0x800001"));
        Assert.Equal([4, 5, 6], Filtered.Numbers(capture, "fd.dev.major=0x456"));
        Assert.Equal([4, 5, 6], Filtered.Numbers(capture, "fd.dev.minor=0x12378"));
        Assert.Equal([], Filtered.Numbers(capture, "fd.dev exists and fd.name=/c"));
    }

    [Fact]
    public void What_a_copy_or_a_pair_makes_is_the_event_s_descriptor()
    {
        byte[] capture = CaptureBuilder.Typical()
            .Event(100, 124, 4L).Event(100, 125, 9L)
            .Event(100, 60).Event(100, 61, 0L, 10L, 11L, 7UL).ToArray();

        Assert.Equal([2], Filtered.Numbers(capture, "fd.num=9 and fd.name=/tmp/blob.bin"));
        Assert.Equal([4], Filtered.Numbers(capture, "fd.num=11 and fd.type=pipe and fd.uid=10011"));
    }

    [Fact]
    public void In_a_container_its_own_address_is_this_end()
    {
        string id = new('a', 64);
        const string Json = "{\"container\":{\"id\":\"aaaaaaaaaaaa\",\"type\":0,\"name\":\"web\",\"image\":\"nginx\",\"ip\":\"172.17.0.4\"}}";
        ProcessRecord process = CaptureBuilder.Process(100) with { Cgroups = ByteText.FromList($"cpu=/docker/{id}") };
        FdRecord socket = FdRecord.ForSocket(3, new IPEndPoint(IPAddress.Parse("172.17.0.1"), 40000), new IPEndPoint(IPAddress.Parse("172.17.0.4"), 80), 2);
        byte[] capture = new CaptureBuilder().Header().Processes(process).Fds(100, socket).Event(0, 272, Json).Read(100, 3, 1).ToArray();

        Assert.Equal([2, 3], Filtered.Numbers(capture, "fd.lip=172.17.0.4 and fd.lport=80 and fd.rip=172.17.0.1 and fd.is_server=true"));
        Assert.Equal([2, 3], Filtered.Numbers(capture, "fd.containername startswith aaaaaaaaaaaa:172.17.0.1"));
    }

    [Fact]
    public void The_descriptors_of_a_poll_are_listed()
    {
        byte[] fds = [2, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1, 0, 77, 0, 0, 0, 0, 0, 0, 0, 1, 0];
        byte[] capture = CaptureBuilder.Typical().Event(100, 80, fds, 1000L).Event(100, 81, 1L, fds).ToArray();

        Assert.Equal([1, 2], Filtered.Numbers(capture, "fdlist.nums=\"5,77\""));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fdlist.names=\"10.0.0.9:50000->10.0.0.5:8888,<NA>\""));
        Assert.Equal([1, 2], Filtered.Numbers(capture, "fdlist.cips=10.0.0.9 and fdlist.sips=10.0.0.5 and fdlist.cports=50000 and fdlist.sports=8888"));
    }
}
