using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Threads and descriptors that today's recorders tell by events.</summary>
public class TasksTests
{
    private const long Tid = 300;
    private const long ThreadOfIt = 301;
    private const long ParentOfAll = 7;
    private static readonly byte[] s_none = [];

    [Fact]
    public void A_task_event_makes_a_thread_known_with_all_that_the_process_list_would_tell()
    {
        Reading reading = Reading.Of(Task(new CaptureBuilder().Header(), Tid, "nginx").Read(CaptureBuilder.Tid, 4, 10));
        Assert.Null(reading.Error);
        TracedThread thread = reading.State.Threads.Find((int)Tid)!;
        Assert.Equal(((int)Tid, (int)Tid, 7, "nginx"), (thread.Tid, thread.Pid, thread.Identity.ParentTid, thread.Identity.Name));
        Assert.Equal("/srv/www/", System.Text.Encoding.UTF8.GetString(thread.Cwd));
        ThreadDetails details = thread.Identity.Details;
        Assert.Equal(("nginx:", "-g\0daemon off;\0", "/usr/sbin/nginx", "/"), (details.Exe.ToString(), details.Arguments.ToString(), details.ExePath.ToString(), details.Root.ToString()));
        Assert.Equal((33u, 34u, 1000u, 5u), (details.Uid, details.Gid, details.LoginUid, details.Tty));
        Assert.Equal((9L, 11L, 12L, 13L, 1024L), (details.SessionId, details.ProcessGroup, details.VPid, details.VTid, details.FdLimit));
        Assert.Equal("0123456789ab", reading.State.ContainerOf(thread.Identity)!.Id);
    }

    [Fact]
    public void Task_events_take_no_number_and_are_not_listed()
    {
        CaptureBuilder capture = Task(CaptureBuilder.Typical(), Tid, "nginx").Event((int)Tid, 432, 3, "pipe:[1]", 1L).Read(CaptureBuilder.Tid, 4, 10);
        Reading reading = Reading.Of(capture);
        Assert.Equal([1L, 2L], reading.Events.Select(e => e.Number));
        Assert.Equal(2, reading.Statistics.Events);
    }

    [Fact]
    public void A_task_of_another_process_is_a_thread_of_that_one_and_shares_its_descriptors()
    {
        CaptureBuilder capture = new CaptureBuilder().Header();
        Task(capture, Tid, "nginx").Event((int)Tid, 436, 4, "/var/log/a.log", 1u, 1u, 1L);
        Reading reading = Reading.Of(Task(capture, (Tid << 32) | ThreadOfIt, "worker"));
        TracedThread thread = reading.State.Threads.Find((int)ThreadOfIt)!;
        Assert.Equal(((int)Tid, "worker"), (thread.Pid, thread.Identity.Name));
        Assert.Equal("/var/log/a.log", reading.FdName((int)ThreadOfIt, 4));
    }

    [Theory]
    [InlineData(Tid, ParentOfAll)]
    [InlineData(ParentOfAll, Tid)]
    public void A_task_descends_from_its_parent_whichever_of_them_is_told_of_first(long first, long second)
    {
        CaptureBuilder capture = Task(Task(new CaptureBuilder().Header(), first, "a"), second, "b").Read(CaptureBuilder.Tid, 4, 10);
        using CapturePass pass = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: false, CancellationToken.None);
        pass.State.KeepsDescent = true;
        SummarySink sink = new(pass.Statistics);
        pass.Run(ref sink);
        TracedThread parent = pass.State.Threads.Find((int)ParentOfAll)!;
        Assert.Same(parent.Process, pass.State.Threads.Find((int)Tid)!.Process.Parent);
        Assert.Null(parent.Process.Parent);
    }

    [Fact]
    public void A_task_event_of_a_known_thread_leaves_its_descriptors()
    {
        Reading reading = Reading.Of(Task(CaptureBuilder.Typical(), CaptureBuilder.Tid, "nginx"));
        Assert.Equal("nginx", reading.State.Threads.Find(CaptureBuilder.Tid)!.Identity.Name);
        Assert.Equal("/tmp/blob.bin", reading.FdName(CaptureBuilder.Tid, 4));
    }

    [Fact]
    public void Each_kind_of_descriptor_is_added_to_the_table_of_the_events_thread()
    {
        const int T = (int)Tid;
        byte[] local = [10, 0, 0, 9], remote = [10, 0, 0, 5], any = new byte[4];
        byte[] local6 = [0xfe, 0x80, .. new byte[13], 1], remote6 = [0xfe, 0x80, .. new byte[13], 2];
        Reading reading = Reading.Of(Task(new CaptureBuilder().Header(), Tid, "nginx")
            .Event(T, 432, 3, "pipe:[77]", 77L)
            .Event(T, 434, 4, "memfd:x", 1L)
            .Event(T, 436, 5, "/dev/null", 1u, 1u, 1L)
            .Event(T, 438, 6, "/srv", 1L)
            .Event(T, 440, 7, (ushort)1, (ushort)6, any, (ushort)80, any, (ushort)0, 1L)
            .Event(T, 440, 8, (ushort)1, (ushort)6, local, (ushort)80, remote, (ushort)50000, 1L)
            .Event(T, 440, 9, (ushort)1, (ushort)6, local, (ushort)50001, remote, (ushort)443, 1L)
            .Event(T, 442, 10, (ushort)2, (ushort)17, local6, (ushort)5000, remote6, (ushort)53, 1L)
            .Event(T, 444, 11, (ushort)1, (ushort)0, 0x1234L, "/run/a.sock", 1L)
            .Event(T, 446, 12, (ushort)3, (ushort)0, 1L)
            .Event(T, 448, 13, (byte)2, s_none, 1L)
            .Event(T, 448, 14, (byte)13, s_none, 1L)
            .Event(T, 448, 15, (byte)0, "anon_inode:[x]", 1L)
            .Event(T, 440, 16, (ushort)1, (ushort)6, any, (ushort)0, any, (ushort)0, 1L)
            .Read(T, 5, 10));
        Assert.Null(reading.Error);
        Assert.Equal(
            [
                (FdKind.Pipe, "pipe:[77]"), (FdKind.MemFd, "memfd:x"), (FdKind.File, "/dev/null"), (FdKind.Directory, "/srv"),
                (FdKind.Ipv4, "0.0.0.0:80"), (FdKind.Ipv4, "10.0.0.5:50000->10.0.0.9:80"), (FdKind.Ipv4, "10.0.0.9:50001->10.0.0.5:443"),
                (FdKind.Ipv6, "fe80::1:5000->fe80::2:53"), (FdKind.Unix, "/run/a.sock"), (FdKind.Netlink, ""), (FdKind.EventPoll, ""),
                (FdKind.Unsupported, ""), (FdKind.Unsupported, "anon_inode:[x]"), (FdKind.Ipv4, ""),
            ],
            Enumerable.Range(3, 14).Select(fd => (reading.Fd(T, fd)!.Kind, reading.Fd(T, fd)!.NameText)));
        Assert.Equal(
            [(Transport.Tcp, SocketRole.Server), (Transport.Tcp, SocketRole.Server), (Transport.Tcp, SocketRole.Client), (Transport.Udp, SocketRole.Unknown)],
            Enumerable.Range(7, 4).Select(fd => (reading.Fd(T, fd)!.Transport, reading.Fd(T, fd)!.Role)));
        Assert.True(reading.Fd(T, 5)!.MayCarryMarkers);
    }

    [Fact]
    public void A_descriptor_of_a_task_that_was_not_told_of_is_kept_and_one_that_cannot_be_read_is_not()
    {
        const int T = (int)Tid;
        CaptureBuilder capture = new CaptureBuilder().Header().Event(T, 432, 3, "pipe:[1]", 1L).Event(T, 440, 4, (ushort)1, (ushort)6, new byte[3], (ushort)1, new byte[4], (ushort)1, 1L)
            .Event(T, 448, 5, s_none, s_none, 1L).Event(T, 436, -1, "/x", 1u, 1u, 1L).Event(T, 436).Event(T + 1, 430);
        Reading reading = Reading.Of(capture);
        Assert.Equal(["pipe:[1]", null, null, null], reading.FdNames(T, 3, 4, 5, -1));
        Assert.Equal("", reading.State.Threads.Find(T + 1)!.Identity.Name);
    }

    private static CaptureBuilder Task(CaptureBuilder capture, long header, string comm)
    {
        capture.Event(
            0, 430, 7, 10, 11, 9, comm, ByteText.FromList("nginx:", "-g", "daemon off;").Bytes.ToArray(), "/usr/sbin/nginx", 0u, s_none, "/srv/www/", 1024L, 33u, 34u,
            0L, 0L, 0L, 0L, 0L, 0L, 0u, 0u, 0u, 0L, 0L, 12, 13, 0L,
            ByteText.FromList("cpu=/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef").Bytes.ToArray(), "/", 0L, 5u, 1000u);
        return capture.WithLastTid(header);
    }
}
