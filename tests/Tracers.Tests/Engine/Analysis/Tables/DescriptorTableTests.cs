using System.Net;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Tables;

/// <summary>Descriptors and sockets at a moment, and what was done with them until then.</summary>
public class DescriptorTableTests
{
    private static readonly DescriptorQuery s_all = new() { IncludeClosed = true };
    private static readonly byte[] s_webTuple = Tuple("10.0.0.5", 40000, "93.184.216.34", 80);

    [Fact]
    public void Descriptors_are_listed_with_what_was_done_with_each() => Assert.Equal(
        [
            (100, 3L, "/dev/null", (0, 0, 0, 0L, 0L)),
            (100, 4L, "/tmp/blob.bin", (2, 0, 0, 30L, 5L)),
            (100, 5L, "10.0.0.9:50000->10.0.0.5:8888", (1, 0, 1, 0L, 0L)),
        ],
        Tables.Descriptors(CaptureBuilder.Typical().Write(100, 4, "12345").Read(100, 4, 30).Read(100, 5, -5), new DescriptorQuery())
            .Select(static row => (row.Owner.Pid, row.Fd!.Value, row.Name, Totals(row.Totals))));

    [Fact]
    public void Threads_of_a_process_have_its_descriptors_and_a_child_its_own()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(150, Tables.NewThread).Clone(160).Write(150, 4, "aaa").Write(160, 4, "b");
        Assert.Equal(
            [(100, 100, 3L), (160, 160, 1L)],
            Tables.Descriptors(capture, new DescriptorQuery { Kinds = [FdKind.File], Name = static name => name == "/tmp/blob.bin" })
                .Select(static row => (row.Owner.Pid, row.Owner.Tid, row.Totals.WriteBytes)));
    }

    [Fact]
    public void A_closed_descriptor_is_shown_only_when_asked_for_and_once_for_each_name()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < 3; i++)
            capture.Open(100, 7, "/etc/hosts").Read(100, 7, 10).Close(100, 7);
        capture.Open(100, 7, "/etc/hosts").Read(100, 7, 1);
        DescriptorQuery hosts = s_all with { Name = static name => name == "/etc/hosts" };
        Assert.Equal([(7L, 2, 1, 1L)], Rows(hosts with { IncludeClosed = false }));
        Assert.Equal([(7L, 2, 1, 1L), (null, 9, 3, 30L)], Rows(hosts));

        IEnumerable<(long?, int, int, long)> Rows(DescriptorQuery query) =>
            Tables.Descriptors(capture, query).Select(static row => (row.Fd, (int)row.Totals.Calls, (int)row.Totals.Opens, row.Totals.ReadBytes));
    }

    [Fact]
    public void What_a_process_had_open_is_closed_when_it_ends()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Write(160, 4, "abc").Exit(160);
        Assert.DoesNotContain(Tables.Descriptors(capture, new DescriptorQuery()), static row => row.Owner.Pid == 160);
        DescriptorRow row = Assert.Single(Tables.Descriptors(capture, s_all), static row => row.Owner.Pid == 160);
        Assert.Equal((null, "/tmp/blob.bin", 3L), (row.Fd, row.Name, row.Totals.WriteBytes));
    }

    [Fact]
    public void What_happened_before_the_moment_counts_and_a_later_close_does_not()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Open(100, 7, "/etc/hosts").Read(100, 7, 10).Close(100, 7);
        DescriptorQuery hosts = new() { Name = static name => name == "/etc/hosts" };
        Assert.Empty(Tables.Descriptors(capture, hosts with { At = Tables.Microseconds(1) }));
        Assert.Equal(0, Assert.Single(Tables.Descriptors(capture, hosts with { At = Tables.Microseconds(2) })).Totals.ReadBytes);

        // The close has begun, and has not ended.
        Assert.Equal(10, Assert.Single(Tables.Descriptors(capture, hosts with { At = Tables.Microseconds(5) })).Totals.ReadBytes);
        Assert.Empty(Tables.Descriptors(capture, hosts));
        Assert.Equal(0, Assert.Single(Tables.Descriptors(capture, hosts with { At = Tables.Microseconds(5), After = Tables.Microseconds(4) })).Totals.Calls);
    }

    [Fact]
    public void A_descriptor_that_is_in_the_next_capture_of_the_file_too_goes_on()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 4, "abc").Header().Processes(CaptureBuilder.Process(100))
            .Fds(100, FdRecord.ForFile(4, "/tmp/blob.bin", 3)).Write(100, 4, "de");
        Assert.Equal([(4L, 5L)], Tables.Descriptors(capture, s_all).Select(static row => (row.Fd!.Value, row.Totals.WriteBytes)));
    }

    [Fact]
    public void Names_are_summed_over_processes()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Write(100, 4, "aaa").Write(160, 4, "b").Open(160, 7, "/etc/hosts").Close(160, 7).Open(160, 8, "/none", 0);
        Assert.Equal(
            [("/etc/hosts", 1, (2, 1, 0, 0L, 0L)), ("/tmp/blob.bin", 2, (2, 0, 0, 0L, 4L)), ("/none", 1, (1, 1, 0, 0L, 0L))],
            Tables.Activity(capture, new DescriptorQuery { Kinds = [FdKind.File] }).Select(static sum => (sum.Name, sum.Processes, Totals(sum.Totals))));
    }

    [Fact]
    public void A_call_that_moves_bytes_between_descriptors_is_one_of_each() => Assert.Equal(
        [("/tmp/blob.bin", (1, 0, 0, 70L, 0L)), ("10.0.0.9:50000->10.0.0.5:8888", (1, 0, 0, 0L, 70L))],
        Tables.Activity(CaptureBuilder.Typical().Event(100, 188, 5L, 4L, 0L, 100L).Event(100, 189, 70L, 70L), new DescriptorQuery())
            .OrderBy(static sum => sum.Kind).Select(static sum => (sum.Name, Totals(sum.Totals))));

    [Fact]
    public void A_socket_that_is_connected_later_is_the_same_one()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 18, 2u, 1u, 0u).Event(100, 19, 30L);
        Assert.Equal((ConnectionState.Unconnected, "", 1), Socket(30));
        capture.Event(100, 22, 30L).Event(100, 23, 0L, s_webTuple);
        Assert.Equal((ConnectionState.Connected, "10.0.0.5:40000->93.184.216.34:80", 2), Socket(30));
        capture.Close(100, 30);
        DescriptorRow closed = Assert.Single(Tables.Descriptors(capture, s_all), static row => row.Fd is null);
        Assert.Equal((ConnectionState.Closed, "10.0.0.5:40000->93.184.216.34:80", 3), Describe(closed));

        (ConnectionState?, string, int) Socket(long fd) => Describe(Tables.Descriptors(capture, new DescriptorQuery()).Single(row => row.Fd == fd));
    }

    [Fact]
    public void A_datagram_socket_with_another_peer_is_another_connection()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 18, 2u, 2u, 0u).Event(100, 19, 30L);
        foreach (ushort port in (ushort[])[53, 54])
            capture.Event(100, 30, 30L, 3u, Tuple("10.0.0.9", 40000, "8.8.8.8", port)).Event(100, 31, 3L, "abc"u8.ToArray());
        Assert.Equal(
            [(30L, "10.0.0.9:40000->8.8.8.8:54", 3L), (null, "10.0.0.9:40000->8.8.8.8:53", 3L)],
            Tables.Descriptors(capture, s_all).Where(static row => row.Name.Contains("8.8.8.8")).Select(static row => (row.Fd, row.Name, row.Totals.WriteBytes)));
    }

    [Fact]
    public void A_socket_with_an_address_listens()
    {
        byte[] address = Written.Join((byte)2, IPAddress.Parse("0.0.0.0").GetAddressBytes(), (ushort)8080);
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 18, 2u, 1u, 0u).Event(100, 19, 30L).Event(100, 20, 30L).Event(100, 21, 0L, address);
        Assert.Equal((ConnectionState.Listening, "0.0.0.0:8080", 2), Describe(Tables.Descriptors(capture, new DescriptorQuery()).Single(static row => row.Fd == 30)));
        Assert.Equal(
            [30L],
            Tables.Descriptors(capture, new ConnectionQuery { Kinds = [FdKind.Ipv4], Ports = new HashSet<int> { 8080 } }).Select(static row => row.Fd!.Value));
        Assert.Equal(
            [5L],
            Tables.Descriptors(capture, new ConnectionQuery { Kinds = [FdKind.Ipv4], States = new HashSet<ConnectionState> { ConnectionState.Connected } }).Select(static row => row.Fd!.Value));
    }

    [Fact]
    public void A_unix_socket_is_what_its_calls_say_and_unknown_without()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 18, 1u, 1u, 0u).Event(100, 19, 30L).Event(100, 20, 30L).Event(100, 21, 0L, "\x1/run/a.sock\0"u8.ToArray())
            .Event(100, 18, 1u, 1u, 0u).Event(100, 19, 31L);
        Assert.Equal(
            [(30L, ConnectionState.Listening, "/run/a.sock"), (31L, null, "")],
            Tables.Descriptors(capture, new DescriptorQuery { Kinds = [FdKind.Unix] }).Select(static row => (row.Fd!.Value, row.SocketState, row.Name)));
    }

    private static (int Calls, int Opens, int Errors, long Read, long Written) Totals(DescriptorTotals totals) =>
        ((int)totals.Calls, (int)totals.Opens, (int)totals.Errors, totals.ReadBytes, totals.WriteBytes);

    private static (ConnectionState? State, string Name, int Calls) Describe(DescriptorRow row) => (row.SocketState, row.Name, (int)row.Totals.Calls);

    private static byte[] Tuple(string source, ushort sourcePort, string destination, ushort destinationPort) => Written.Join(
        (byte)2, IPAddress.Parse(source).GetAddressBytes(), sourcePort, IPAddress.Parse(destination).GetAddressBytes(), destinationPort);
}
